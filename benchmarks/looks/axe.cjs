// Run in a folder with NAME.html for each argument; writes NAME-WIDTH-SCHEME.png beside it.
const { readFileSync } = require("fs");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

async function look(browser, name, width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  let remote = 0;
  await page.route("**/*", (route) => {
    if (route.request().url().startsWith("file:")) return route.continue();
    remote += 1;
    return route.abort();
  });
  await page.goto(`file://${process.cwd()}/${name}.html`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.screenshot({ path: `${name}-${width}-${colorScheme}.png`, fullPage: name !== "overflow" });
  await context.close();
  console.log(`${name} ${width} ${colorScheme}: ${violations.length} violations, ${wide} px too wide, ${remote} remote`);
  for (const each of violations) console.log(`  ${each.id}: ${each.nodes[0].html.slice(0, 200)}`);
  return violations.length || wide > 0 || remote ? 1 : 0;
}

(async () => {
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  let bad = 0;
  for (const name of process.argv.slice(1))
    for (const scheme of ["light", "dark"])
      for (const width of [360, 800]) bad += await look(browser, name, width, scheme);
  await browser.close();
  process.exit(bad ? 1 : 0);
})();
