#!/usr/bin/env python3
"""Make chime.wav: two bell-like notes, falling a major third (E5, C5), 1.4 s.

Usage: make_chime.py FILE

Each note is four partials of decreasing strength and length over a soft attack, so that the
chime is heard over voices without being sharp. The peak is -3 dB below full scale. The same
script always writes the same bytes.
"""
import math
import struct
import sys
import wave

RATE_HZ = 48000
LENGTH_S = 1.4
NOTES = ((0.0, 659.26), (0.42, 523.25))  # when it begins, in s; pitch, in Hz
PARTIALS = ((1.0, 1.0, 0.42), (2.0, 0.35, 0.25), (3.0, 0.14, 0.15), (4.2, 0.06, 0.08))
ATTACK_S = 0.006
FADE_S = 0.08  # the end falls to silence, so that the next sound begins clean
PEAK = 0.707


def note(time_s, pitch_hz):
    """The sound of one note `time_s` after it began."""
    if time_s < 0:
        return 0.0
    attack = min(1.0, time_s / ATTACK_S)
    return attack * sum(
        strength * math.exp(-time_s / decay_s) * math.sin(2 * math.pi * pitch_hz * ratio * time_s)
        for ratio, strength, decay_s in PARTIALS)


def main():
    count = int(RATE_HZ * LENGTH_S)
    samples = []
    for i in range(count):
        time_s = i / RATE_HZ
        fade = min(1.0, (LENGTH_S - time_s) / FADE_S)
        samples.append(fade * sum(note(time_s - start_s, pitch) for start_s, pitch in NOTES))
    loudest = max(abs(sample) for sample in samples)
    with wave.open(sys.argv[1], "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(b"".join(
            struct.pack("<h", round(sample / loudest * PEAK * 32767)) for sample in samples))


if __name__ == "__main__":
    main()
