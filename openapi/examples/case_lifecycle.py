"""A script with an access token: registers a case, dispatches it and reads its clocks.

python case_lifecycle.py http://127.0.0.1:8000 "$(.venv/bin/xiaoneng token operator)"
"""

import sys
import uuid

import httpx


def main(base: str, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
    with httpx.Client(base_url=f"{base}/api/v1", headers=headers) as client:
        body = {"kind": "complaint", "channel": "visit", "title": "Street light", "content": "The light is out."}
        answer = client.post("/cases", json=body, headers={"Idempotency-Key": str(uuid.uuid4())})
        case = answer.raise_for_status().json()
        units = client.get("/units/tree").raise_for_status().json()["items"]
        unit = next(unit for unit in units if unit["code"] == "ML17")
        path = f"/cases/{case['id']}/actions/dispatch"
        answer = client.post(path, json={"unit_id": unit["id"]}, headers={"If-Match": answer.headers["etag"]})
        for clock in answer.raise_for_status().json()["clocks"]:
            print(clock["kind"], clock["state"], clock["due_at"], clock["basis"])


if __name__ == "__main__":
    main(*sys.argv[1:3])
