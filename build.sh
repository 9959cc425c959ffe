#!/usr/bin/env bash
# The one way in: ./build.sh [TARGET] [--option=value ...]; without a target it lists them.
# It only makes Cake ready (checks the SDK, restores the local tool); every target is in build.cake.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v dotnet >/dev/null 2>&1; then
  echo "dotnet is not on the PATH. Install the .NET SDK that global.json names:" >&2
  sed -n 's/.*"version": *"\([^"]*\)".*/  .NET SDK \1 or a later feature band of the same release/p' global.json >&2
  exit 1
fi
if ! sdk=$(dotnet --version 2>&1); then
  echo "The installed .NET SDKs do not fit global.json:" >&2
  echo "$sdk" >&2
  exit 1
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CAKE_SETTINGS_SHOWPROCESSCOMMANDLINE=false
if ! restored=$(dotnet tool restore 2>&1); then
  echo "The local tools of .config/dotnet-tools.json could not be restored:" >&2
  echo "$restored" >&2
  exit 1
fi

target=help
if [ $# -gt 0 ] && [ "${1#-}" = "$1" ]; then
  target=$1
  shift
fi
exec dotnet cake build.cake --target="$target" "$@"
