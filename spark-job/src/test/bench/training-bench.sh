#!/usr/bin/env bash
# Alternates TrainingBench and its PyTorch counterpart and prints the median images per second of
# each and their ratio: training-bench.sh NETWORK BATCH [REPEATS [SECONDS]], NETWORK cnn or resnet20.
# Both run on one thread. Ratios under load mean more than rates; gaps under 20 % mean nothing.
# PYTHON names the interpreter that has torch. Run after: mvn test-compile -pl spark-job -am
set -euo pipefail
network=$1 batch=$2 repeats=${3:-5} seconds=${4:-3}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

(cd "$root" && mvn -B -q -o test-compile dependency:build-classpath -pl spark-job -am \
    -Dmdep.outputFile="$results/classpath" > "$results/maven.log") || { cat "$results/maven.log"; exit 1; }
classes=$root/spark-job/target
classpath=$classes/test-classes:$classes/classes:$(cat "$results/classpath")

for ((i = 0; i < repeats; i++)); do
  java -Xmx2g -cp "$classpath" io.dimat.bench.TrainingBench "$network" "$batch" "$seconds" \
    2> /dev/null | tail -1 >> "$results/dl4j"
  "${PYTHON:-python3}" "$root/spark-job/src/test/python/training_bench.py" "$network" "$batch" \
    "$seconds" | tail -1 >> "$results/torch"
done

median() { # FILE NAME
  grep -o "$2=[0-9]*" "$results/$1" | cut -d= -f2 | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
}
for name in train evaluate; do
  ours=$(median dl4j $name) theirs=$(median torch $name)
  echo "$network batch $batch $name: dl4j $ours, pytorch $theirs images/s, ratio" \
    "$(awk "BEGIN {printf \"%.2f\", $ours / $theirs}")"
done
echo "$network batch $batch cross moments of one neighbour: dl4j $(median dl4j moments) images/s"
