"""The verdicts of compare: an equal file, a slower one, a slower machine, noise, others' times, broken files."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

COMPARE = sys.argv.pop(1)


def record(us, problem="infer f32 2-3-1 tanh batch=1 threads=1", **more):
    return {"problem": problem, "us": us, "limit_us": 1.0, "spread": 0.01, "engine": "auto", **more}


class Verdicts(unittest.TestCase):
    def verdict(self, before, after, *options):
        paths = []
        for lines in (before, after):
            with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
                for line in lines:
                    file.write((line if isinstance(line, str) else json.dumps(line)) + "\n")
            self.addCleanup(os.unlink, file.name)
            paths.append(file.name)
        done = subprocess.run([sys.executable, COMPARE, *options, *paths], capture_output=True, text=True)
        self.output = done.stdout + done.stderr
        return done.returncode

    def test_equal(self):
        self.assertEqual(self.verdict([record(10)], [record(10)]), 0)
        self.assertIn("1 compared, 0 slower, 0 faster", self.output)

    def test_slower(self):
        self.assertEqual(self.verdict([record(10)], [record(15)]), 1)
        self.assertIn("1.50 x", self.output)

    def test_one_of_many(self):
        names = [f"infer f32 2-{n}-1 tanh batch=1 threads=1" for n in range(1, 30)]
        before = [record(10, name) for name in names]
        after = [record(13 if "-17-" in name else 10, name) for name in names]
        self.assertEqual(self.verdict(before, after), 1)
        self.assertIn("29 compared, 1 slower", self.output)
        self.assertIn("2-17-1", self.output)

    def test_faster(self):
        self.assertEqual(self.verdict([record(10)], [record(5)]), 0)
        self.assertIn("1 faster", self.output)

    def test_noise(self):
        self.assertEqual(self.verdict([record(10)], [record(10.4)]), 0)
        self.assertEqual(self.verdict([record(10)], [record(10.4)], "--noise", "2"), 1)
        self.assertEqual(self.verdict([record(10, spread=0.2)], [record(13, spread=0.2)]), 0)

    def test_slower_machine(self):
        self.assertEqual(self.verdict([record(10)], [record(15, limit_us=1.5)]), 0)
        self.assertEqual(self.verdict([record(10)], [record(15, limit_us=0.5)]), 1)

    def test_repeated_lines(self):
        self.assertEqual(self.verdict([record(10)] * 3, [record(10), record(30), record(10)]), 0)

    def test_others(self):
        self.assertEqual(self.verdict([record(10, peer="dnnl", **{"class": "library"})],
                                      [record(20, peer="dnnl", **{"class": "library"})]), 0)
        self.assertIn("of others", self.output)
        self.assertEqual(self.verdict([record(10, peer="mlp", **{"class": "own"})],
                                      [record(20, peer="mlp", **{"class": "own"})]), 1)

    def test_missing(self):
        other = record(10, "infer f32 9-9 tanh batch=1 threads=1")
        self.assertEqual(self.verdict([record(10), other], [record(10)]), 0)
        self.assertIn("1 missing", self.output)
        self.assertEqual(self.verdict([other], [record(10)]), 2)

    def test_broken(self):
        self.assertEqual(self.verdict([record(10)], ["{"]), 2)
        self.assertEqual(subprocess.run([sys.executable, COMPARE, "/nowhere", "/nowhere"],
                                        capture_output=True).returncode, 2)


unittest.main()
