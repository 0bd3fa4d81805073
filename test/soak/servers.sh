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
# Another one may hold the lock, and a mirror may be away for a moment.
apt=("${sudo[@]}" apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
timeout 600 "${apt[@]}" update
timeout 900 "${apt[@]}" install -y --no-install-recommends "${packages[@]}"
