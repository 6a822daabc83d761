"""A Ray cluster on the loopback address, one core a node: `python ray_cluster.py FOLDER NODES`.

Writes a line of JSON, {"address", "client", "nodes": [pids of its processes, ...]}, the head first (`client` is the port
of ray://, where grpcio is installed); further lines on stdin, each a
folder for PYTHONPATH, add a node and are answered by its pids. It stops when stdin ends.
"""

import json
import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

from ray.cluster_utils import Cluster

NODE = {"num_cpus": 1, "object_store_memory": 100 * 2**20, "include_dashboard": False, "include_log_monitor": False}


def pids(node):
    return [process.process.pid for found in node.all_processes.values() for process in found]


def tell(content):
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def main():
    (Path(sys.argv[1]) / "ray").mkdir()  # where Ray leaves the address
    port = free_port() if find_spec("grpc") else None
    cluster = Cluster(initialize_head=True, head_node_args={**NODE, "ray_client_server_port": port})
    nodes = [cluster.head_node, *(cluster.add_node(**NODE) for _ in range(int(sys.argv[2]) - 1))]
    tell({"address": cluster.address, "client": port, "nodes": [pids(node) for node in nodes]})
    for line in sys.stdin:
        os.environ["PYTHONPATH"] = os.pathsep.join([line.strip(), *sys.path])
        tell(pids(cluster.add_node(**NODE, resources={"other": 1})))
    cluster.shutdown()


main()
