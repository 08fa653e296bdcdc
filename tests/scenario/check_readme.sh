#!/bin/sh
# Whether README.md lists exactly the sentences that the reader knows.
# usage: check_readme.sh SCENARIO_TEST README.md
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" --sentences | grep -v ' twice$' | sort >"$work/known"
sed -n '/^## Sentences/,/^## Players/s/^| `\([^`]*\)` |.*/\1/p' "$2" | sort >"$work/listed"
diff "$work/known" "$work/listed"
