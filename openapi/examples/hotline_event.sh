#!/bin/sh
# Sends one signed message: ./hotline_event.sh http://127.0.0.1:8000 SOURCE whsec_SECRET
set -eu
base=$1 source=$2 secret=$3
id="example-$(date +%s)" timestamp=$(date +%s)
body='{"type":"case.created","occurred_at":"2026-11-20T09:00:00+08:00","data":{"external_no":"'$id'","kind":"投诉","title":"路灯不亮","content":"小区门前路灯三天不亮。"}}'
key=$(printf %s "${secret#whsec_}" | base64 -d | od -An -tx1 | tr -d ' \n')
signature=$(printf %s "$id.$timestamp.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
curl -sS "$base/api/v1/hotline/$source/events" -H 'Content-Type: application/json' \
  -H "webhook-id: $id" -H "webhook-timestamp: $timestamp" -H "webhook-signature: v1,$signature" -d "$body"
