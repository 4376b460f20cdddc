#!/bin/sh
# Builds the probe for amd64 and arm64 and records what it was built from.
# The bytes depend on the sources, these flags and the compiler only: no paths, no times, no build ids. Run it twice and compare.
# Debian: apt-get install gcc binutils gcc-aarch64-linux-gnu   (the committed binaries were made by gcc 12.2.0-14)
set -eu
cd "$(dirname "$0")"
AMD64_CC="${AMD64_CC:-x86_64-linux-gnu-gcc}"
ARM64_CC="${ARM64_CC:-aarch64-linux-gnu-gcc}"
FLAGS="-std=c11 -Os -Wall -Wextra -Werror -ffreestanding -nostdlib -static -fno-pie -no-pie
  -fno-strict-aliasing -fno-stack-protector -fno-asynchronous-unwind-tables -fno-unwind-tables -fno-ident
  -fno-tree-loop-distribute-patterns -fcf-protection=none -s
  -Wl,--build-id=none -Wl,-z,noseparate-code -Wl,-z,noexecstack -Wl,--gc-sections"
# shellcheck disable=SC2086
"$AMD64_CC" $FLAGS -march=x86-64 -o probe-amd64 probe.c
# shellcheck disable=SC2086
"$ARM64_CC" $(echo $FLAGS | sed 's/-fcf-protection=none//') -march=armv8-a -mno-outline-atomics -o probe-arm64 probe.c
sha256sum build.sh probe.c sys.h probe-amd64 probe-arm64 > SHA256SUMS
cat SHA256SUMS
