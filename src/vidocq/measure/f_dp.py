"""One training run held against a whole trade-off curve: tighter than one epsilon, for the same guesses.

The bound, and why it holds. Each of m canaries is put into training or not by a fair coin S_i. Whoever sees the model
guesses r of the coins and abstains on the rest; V guesses are right. Say that the training is f-private: for every
canary, whatever the other coins, an event has probability at most h(x) with the canary if it has x without it, and
the other way round, where h = 1 - f is concave and rising. Fix a canary i, the other coins, and a value t. "Guess i is
right, and at least t are right" becomes, once coin i is turned over and nothing else, "guess i is wrong, and at least
t - 1 are right": the others are right as before. Hence P(i right, V >= t) <= h(P(i wrong, V >= t - 1)); both
sides are means over coin i, then over the other coins, then over the canaries, and as h is concave Jensen's inequality
lets the means in. With p_j = P(V = j), and the number of right guesses counted among the r made:

    R_t <= h(H_{t-1})     where  R_t = sum over j >= t of (j/m) p_j,   H_t = sum over j >= t of ((r-j)/m) p_j.

So much mass above forces mass below: H_{t-1} >= needed(R_t), `needed` being the inverse of h. Let the mass tau stand at
v or above. Take q with q_v = tau, nothing above, and below, from v - 1 down, each q_{t-1} the least that the inequality
allows. Then q has no more mass at t or above than p has, for every t: say D_t is the difference, D_t >= 0 for t >= v,
and go down. Summing by parts, R_t differs by (t/m) D_t + (D_{t+1} + ... + D_r)/m >= 0, so the inequality asks at least
as much of p as of q. If q_{t-1} = 0 then D_{t-1} >= D_t. Otherwise q meets the inequality with equality and p at
least, so H_{t-1} differs by ((r-t+1) D_{t-1} - D_t - ... - D_r)/m >= 0, and D_{t-1} >= 0. In all, q has at most the
mass of p, which is 1. So where q needs more than 1, P(V >= v) < tau: seeing v right guesses refutes f at error tau.
No normal approximation and no independence of the canaries is used anywhere.

Source  Mahloujifar, Melis and Chaudhuri (2024), arXiv:2410.22235; the argument above is ours, worked out anew.
"""

from vidocq.measure.demands import require_share
from vidocq.measure.one_run import largest_refuted, require_guesses
from vidocq.measure.trade_off import Approximate, Gaussian, TradeOff, gaussian_epsilon

LARGEST_MU = 30.0


def refuted(canaries: int, guesses: int, correct: int, *, curve: TradeOff, error: float) -> bool:
    """True if `correct` of `guesses` right guesses or more have probability under `error` for any training with `curve`.

    canaries, guesses, correct  0 <= correct <= guesses <= canaries; the number of guesses was fixed beforehand.
    error                       in (0, 1).
    Raises                      ConfigurationError on impossible counts or error.
    """
    require_guesses(canaries, guesses, correct, where="measure.f_dp.refuted")
    require_share(error, name="error", where="measure.f_dp.refuted")
    mass = error
    right, wrong = error * correct / canaries, error * (guesses - correct) / canaries
    for t in range(correct, 0, -1):
        missing = curve.needed(right) - wrong
        if missing <= 0.0:
            return False  # nothing changes any more further down: the mass suffices
        added = missing * canaries / (guesses - t + 1)
        mass += added
        if mass > 1.0:
            return True
        right += added * (t - 1) / canaries
        wrong += missing
    return False


def mu_lower(canaries: int, guesses: int, correct: int, *, level: float = 0.95) -> float:
    """The training is not mu-Gaussian private for any mu below this, with confidence `level`; 0 if nothing is shown."""
    error = 1.0 - level
    return largest_refuted(
        lambda mu: refuted(canaries, guesses, correct, curve=Gaussian(mu), error=error), limit=LARGEST_MU
    )


def epsilon_lower_gaussian(canaries: int, guesses: int, correct: int, *, delta: float, level: float = 0.95) -> float:
    """The epsilon, at delta, of the least Gaussian privacy that the guesses do not refute.

    A lower bound of epsilon for training whose claim rests on Gaussian noise (its trade-off curve is Gaussian, as that of
    full-batch noisy descent, or close to it); of another mechanism it bounds the Gaussian claim only, not epsilon.
    delta  in (0, 1).
    """
    require_share(delta, name="delta", where="measure.f_dp.epsilon_lower_gaussian")
    mu = mu_lower(canaries, guesses, correct, level=level)
    return gaussian_epsilon(mu, delta) if mu > 0.0 else 0.0


def epsilon_lower_approximate(
    canaries: int, guesses: int, correct: int, *, delta: float, level: float = 0.95
) -> float:
    """The training is not (epsilon, delta)-private for any epsilon below this, with confidence `level`. Any mechanism."""
    error = 1.0 - level
    return largest_refuted(
        lambda epsilon: refuted(canaries, guesses, correct, curve=Approximate(epsilon, delta), error=error),
    )
