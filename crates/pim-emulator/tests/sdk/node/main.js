// Runs all checks, each on an emulator that begins anew.
"use strict";

const { reset } = require("./emulator");

async function main() {
  for (const checks of [require("./tutorial"), require("./queries")]) {
    for (const [name, check] of Object.entries(checks)) {
      await reset();
      await check();
      console.log(`ok ${name}`);
    }
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
