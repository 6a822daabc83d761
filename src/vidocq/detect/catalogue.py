"""The detectors, in the order in which equals yield: the first listed stays."""

from vidocq.core.registry import Registry
from vidocq.detect.detector import Detector
from vidocq.detect.detectors.email import Email

DETECTORS: Registry[Detector] = Registry([Email])
