"""The formulas of queueing theory that `guichet simulate` is compared with.

Times are in seconds, rates in people an hour, loads in Erlang. A case names a function and its
numbers (cases/*/expected.csv); every function here can be called so.
"""
import math


def number(value):
    return value


# ---- Erlang B, C and A; birth and death ----

def erlang_b(counters, load):
    blocked = 1.0
    for i in range(1, int(counters) + 1):
        blocked = load * blocked / (i + load * blocked)
    return blocked


def erlang_b_percent(counters, load):
    return 100 * erlang_b(counters, load)


def erlang_b_busy_h(counters, load, hours):
    """Hours that the counters are busy in so many hours."""
    return hours * load * (1 - erlang_b(counters, load))


def erlang_c(counters, load):
    blocked = erlang_b(counters, load)
    return counters * blocked / (counters - load * (1 - blocked))


def erlang_c_percent(counters, load):
    return 100 * erlang_c(counters, load)


def erlang_c_wait_s(counters, load, mean_s):
    return erlang_c(counters, load) * mean_s / (counters - load)


def erlang_c_stay_s(counters, load, mean_s):
    return mean_s + erlang_c_wait_s(counters, load, mean_s)


def erlang_c_waiting(counters, load, mean_s):
    return load / mean_s * erlang_c_wait_s(counters, load, mean_s)


def erlang_c_level_percent(counters, load, mean_s, within_s):
    return 100 * (1 - erlang_c(counters, load) * math.exp(-(counters - load) * within_s / mean_s))


def birth_and_death(births, deaths):
    """Shares of time in the states 0, 1, …; births[i] from i on, deaths[i] from i + 1 back."""
    weights = [1.0]
    for birth, death in zip(births, deaths):
        weights.append(weights[-1] * birth / death)
    total = sum(weights)
    return [weight / total for weight in weights]


def erlang_a(counters, load, mean_s, patience_s):
    """Shares of time by number of people present."""
    states = int(counters) + 2000
    rate = load / mean_s
    deaths = [min(i, counters) / mean_s + max(i - counters, 0) / patience_s
              for i in range(1, states)]
    return birth_and_death([rate] * len(deaths), deaths)


def erlang_a_waiting(counters, load, mean_s, patience_s):
    shares = erlang_a(counters, load, mean_s, patience_s)
    return sum((i - counters) * share for i, share in enumerate(shares) if i > counters)


def erlang_a_wait_s(counters, load, mean_s, patience_s):
    return erlang_a_waiting(counters, load, mean_s, patience_s) * mean_s / load


def erlang_a_abandoned_percent(counters, load, mean_s, patience_s):
    return 100 * erlang_a_wait_s(counters, load, mean_s, patience_s) / patience_s


def erlang_a_delayed_percent(counters, load, mean_s, patience_s):
    return 100 * sum(erlang_a(counters, load, mean_s, patience_s)[int(counters):])


def finite(counters, load, places):
    states = int(counters + places)
    return birth_and_death([load] * states, [min(i, counters) for i in range(1, states + 1)])


def finite_blocked_percent(counters, load, places):
    return 100 * finite(counters, load, places)[-1]


def finite_wait_s(counters, load, places, mean_s):
    shares = finite(counters, load, places)
    waiting = sum((i - counters) * share for i, share in enumerate(shares) if i > counters)
    return waiting * mean_s / load / (1 - shares[-1])


def changing_busy_h(first_rate, first_h, then_rate, then_h, mean_s):
    """Busy hours in the second part of a day that begins empty, a counter for everybody."""
    mean_h = mean_s / 3600
    at_change = first_rate * mean_h * (1 - math.exp(-first_h / mean_h))
    balance = then_rate * mean_h
    return balance * then_h + (at_change - balance) * mean_h * (1 - math.exp(-then_h / mean_h))


def turning_back(counters, per_hour, mean_s, *percents):
    """Shares of time by number of people present, and the share of people who turn back; at the
    last length of the line everybody does."""
    stay = [1.0] * int(counters) + [1 - percent / 100 for percent in percents]
    load = per_hour / 3600 * mean_s
    shares = birth_and_death([load * share for share in stay[:-1]],
                             [min(i, counters) for i in range(1, len(stay))])
    return shares, sum(share * (1 - part) for share, part in zip(shares, stay))


def turning_back_percent(counters, per_hour, mean_s, *percents):
    return 100 * turning_back(counters, per_hour, mean_s, *percents)[1]


def turning_back_wait_s(counters, per_hour, mean_s, *percents):
    shares, back = turning_back(counters, per_hour, mean_s, *percents)
    waiting = sum((i - counters) * share for i, share in enumerate(shares) if i > counters)
    return waiting * 3600 / per_hour / (1 - back)


# ---- One counter and any law ----

def batch_wait_s(times_per_hour, mean_s, people, squares):
    """So many people come at once, on average, with this mean of squares; exponential services."""
    load = times_per_hour / 3600 * people * mean_s
    present = load * (1 + squares / people) / (2 * (1 - load))
    return present / load * mean_s - mean_s


def pollaczek_wait_s(per_hour, mean_s, cv):
    load = per_hour / 3600 * mean_s
    return load * mean_s * (1 + cv * cv) / 2 / (1 - load)


def pollaczek_capped_wait_s(per_hour, mean_s, most_s):
    """Exponential services that end at `most_s` at the latest."""
    rest = math.exp(-most_s / mean_s)
    first = mean_s * (1 - rest)
    second = 2 * mean_s * (mean_s - rest * (mean_s + most_s))
    rate = per_hour / 3600
    return rate * second / 2 / (1 - rate * first)


def gim_sigma(transform, mean_s):
    """The root below 1 of sigma = A*((1 - sigma) / mean): the share of people who wait."""
    low, high = 0.0, 1.0 - 1e-9
    for _ in range(200):
        sigma = (low + high) / 2
        if transform((1 - sigma) / mean_s) > sigma:
            low = sigma
        else:
            high = sigma
    return low


def gim_wait_s(transform, mean_s):
    sigma = gim_sigma(transform, mean_s)
    return mean_s * sigma / (1 - sigma)


def constant_gap(per_hour):
    return lambda s: math.exp(-s * 3600 / per_hour)


def erlang_gap(per_hour):
    return lambda s: (1 + s * 1800 / per_hour) ** -2


def hyper_gap(per_hour):
    """20 % of mean 3, 80 % of mean 0.5, times the mean gap."""
    mean_s = 3600 / per_hour
    return lambda s: 0.2 / (1 + 3 * mean_s * s) + 0.8 / (1 + 0.5 * mean_s * s)


def gim_constant_wait_s(per_hour, mean_s):
    return gim_wait_s(constant_gap(per_hour), mean_s)


def gim_constant_delayed_percent(per_hour, mean_s):
    return 100 * gim_sigma(constant_gap(per_hour), mean_s)


def gim_erlang_wait_s(per_hour, mean_s):
    return gim_wait_s(erlang_gap(per_hour), mean_s)


def gim_erlang_delayed_percent(per_hour, mean_s):
    return 100 * gim_sigma(erlang_gap(per_hour), mean_s)


def gim_hyper_wait_s(per_hour, mean_s):
    return gim_wait_s(hyper_gap(per_hour), mean_s)


def gim_hyper_delayed_percent(per_hour, mean_s):
    return 100 * gim_sigma(hyper_gap(per_hour), mean_s)


def appointment_gap(every_s, absent):
    """Every so often one is expected, who is absent with this probability."""
    return lambda s: (1 - absent) / (math.exp(s * every_s) - absent)


def appointment_wait_s(every_s, absent, mean_s):
    return gim_wait_s(appointment_gap(every_s, absent), mean_s)


def appointment_delayed_percent(every_s, absent, mean_s):
    return 100 * gim_sigma(appointment_gap(every_s, absent), mean_s)


# ---- Priorities ----

def triples(numbers):
    return [numbers[i:i + 3] for i in range(0, len(numbers), 3)]


def cobham_wait_s(index, *services):
    """One counter; services are (people an hour, mean, cv), the first goes first."""
    loads = [rate / 3600 * mean_s for rate, mean_s, cv in triples(services)]
    rest_s = sum(rate / 3600 * mean_s ** 2 * (1 + cv * cv) / 2
                 for rate, mean_s, cv in triples(services))
    before = sum(loads[:int(index)])
    return rest_s / (1 - before) / (1 - before - loads[int(index)])


def cobham_many_wait_s(index, counters, mean_s, *rates):
    """Several counters and one exponential law."""
    loads = [rate / 3600 * mean_s / counters for rate in rates]
    rest_s = erlang_c(counters, sum(loads) * counters) * mean_s / counters
    before = sum(loads[:int(index)])
    return rest_s / (1 - before) / (1 - before - loads[int(index)])


def kleinrock_wait_s(index, *services):
    """Accumulating priority at one counter with exponential services: (people an hour, mean,
    how fast the priority grows), the fastest first."""
    slowest_first = list(reversed(triples(services)))
    loads = [rate / 3600 * mean_s for rate, mean_s, grows in slowest_first]
    grows = [service[2] for service in slowest_first]
    rest_s = sum(load * mean_s for load, (_, mean_s, _) in zip(loads, slowest_first))
    waits = []
    for p, load in enumerate(loads):
        slower = sum(loads[i] * waits[i] * (1 - grows[i] / grows[p]) for i in range(p))
        faster = sum(loads[i] * (1 - grows[p] / grows[i]) for i in range(p + 1, len(loads)))
        waits.append((rest_s / (1 - sum(loads)) - slower) / (1 - faster))
    return waits[len(waits) - 1 - int(index)]
