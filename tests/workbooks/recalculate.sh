#!/bin/sh
# Recalculates workbooks with LibreOffice Calc in a fresh profile that recalculates everything on load, whatever results
# are stored, and writes every sheet as CSV: OUT/<workbook>-<sheet>.csv.
#
#   sh tests/workbooks/recalculate.sh OUT WORKBOOK...
set -eu
out=$1; shift
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
mkdir -p "$profile/user" "$out"
cat > "$profile/user/registrymodifications.xcu" <<'XCU'
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
XCU
# 44: comma; 34: quotation mark; 76: UTF-8; cells as they are shown off (false): every digit; -1: every sheet.
soffice "-env:UserInstallation=file://$profile" --headless --norestore \
  --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1' \
  --outdir "$out" "$@" >/dev/null
