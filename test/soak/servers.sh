#!/usr/bin/env bash
# Installs the Debian packages of the servers that the soak starts, unless they are there.
set -eu
packages=()
command -v redis-server >/dev/null || packages+=(redis-server)
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || packages+=(postgresql)
[ "${#packages[@]}" -eq 0 ] && exit 0
sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo)
export DEBIAN_FRONTEND=noninteractive
timeout 300 "${sudo[@]}" apt-get update -q
timeout 600 "${sudo[@]}" apt-get install -y -q --no-install-recommends "${packages[@]}"
