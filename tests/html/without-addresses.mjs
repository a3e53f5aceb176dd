// Takes the addresses of donation pages out of the lock file, which then names no host at all.
import { readFileSync, writeFileSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf-8"));
for (const each of Object.values(lock.packages)) delete each.funding;
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
