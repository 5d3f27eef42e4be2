#!/usr/bin/env bash
# Trains every deep baseline of a benchmark and classifies its test splits: seed-deep-baselines.sh DATA WEIGHTS OUT
#   DATA     *_training.hdf5, *_test1.hdf5, ... (coos data simulate --out DATA)
#   WEIGHTS  VGG19 weights as safetensors, through conv3_3 at least
#   OUT      a folder a baseline: predictions (.csv.gz) and run.json, to be copied to benchmarks/<slug>/baselines
# Interrupted, the same command goes on; what is done is not done again.
set -euo pipefail
[ $# -eq 3 ] || { sed -n 2,6p "$0"; exit 2; }
data=$(realpath "$1") weights=$(realpath "$2") out=$(realpath -m "$3")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet build --nologo -v quiet -c Release Coos.Cli

run() { # name, then the arguments of coos baseline run
  local name=$1; shift
  [ -f "$out/$name/run.json" ] && [ -f "$out/$name/test1.csv.gz" ] && return
  echo "== $name"
  dotnet Coos.Cli/bin/Release/net10.0/coos.dll baseline run "$@" --data "$data" --out "$out/$name"
  gzip -9 -n -f "$out/$name"/*.csv
}

run deeploc-end-to-end deeploc --preset small
for classifier in knn l1lr rf; do
  run "deeploc-fc2-$classifier" deeploc --weights "$out/deeploc-end-to-end/training/deeploc.safetensors" --classifier $classifier
done

run pci-conv3-knn pci --preset small --layer conv3 --classifier knn
for layer in conv3 conv4 conv5; do
  for classifier in knn l1lr rf; do
    run "pci-$layer-$classifier" pci --weights "$out/pci-conv3-knn/training/pci.safetensors" --layer $layer --classifier $classifier
  done
done

for classifier in knn l1lr rf; do
  run "vgg19-conv3_3-$classifier" vgg19 --weights "$weights" --layer conv3_3 --classifier $classifier
done
