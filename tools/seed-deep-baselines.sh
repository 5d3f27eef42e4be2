#!/usr/bin/env bash
# Trains every deep baseline of a benchmark and classifies its test splits: seed-deep-baselines.sh DATA WEIGHTS OUT [NAME ...]
#   DATA     *_training.hdf5, *_test1.hdf5, ... (coos data simulate --out DATA)
#   WEIGHTS  VGG19 weights as safetensors, through conv3_3 at least
#   OUT      a folder a baseline: predictions (.csv.gz) and run.json, to be copied to benchmarks/<slug>/baselines
#   NAME     only these baselines, and the one whose network they need; all by default
# Interrupted, the same command goes on; what is done is not done again. Features are computed once, in OUT/features.
set -euo pipefail
[ $# -ge 3 ] || { sed -n 2,8p "$0"; exit 2; }
data=$1 weights=$2 out=$3
shift 3
only=" $* "
[[ "$only" != *" deeploc-fc2-"* ]] || only+="deeploc-end-to-end "
[[ "$only" != *" pci-"* ]] || only+="pci-conv3-knn "
coos=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/../Coos.Cli
dotnet build --nologo -v quiet -c Release "$coos"

run() { # name, then the arguments of coos baseline run
  local name=$1; shift
  [ "$only" = "  " ] || [[ "$only" == *" $name "* ]] || return 0
  [ -f "$out/$name/run.json" ] && return
  echo "== $name"
  dotnet "$coos/bin/Release/net10.0/coos.dll" baseline run "$@" --data "$data" --out "$out/$name" --features "$out/features"
}

run deeploc-end-to-end deeploc --preset small --precision mixed
run pci-conv3-knn pci --preset small --steps 1500 --precision mixed --layer conv3 --classifier knn
for classifier in l1lr knn rf; do
  run "deeploc-fc2-$classifier" deeploc --weights "$out/deeploc-end-to-end/training/deeploc.safetensors" --classifier $classifier
  run "vgg19-conv3_3-$classifier" vgg19 --weights "$weights" --layer conv3_3 --classifier $classifier
  for layer in conv3 conv4 conv5; do
    run "pci-$layer-$classifier" pci --weights "$out/pci-conv3-knn/training/pci.safetensors" --layer $layer --classifier $classifier
  done
done

for table in "$out"/*/*.csv; do
  gzip -9 -n -k -f "$table"
done
