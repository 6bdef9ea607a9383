package io.picsync.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.testing.Browser;
import io.picsync.testing.Browser.Scheme;
import io.picsync.testing.Browser.Width;
import io.picsync.testing.RequiresDaemon;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** A browser looks at the page of a live picsync, and works with it. */
@RequiresDaemon(Browser.PROGRAM)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageIT {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int[] WIDTHS = {320, 360, 768, 800, 880, 881, 1024, 1200};

  private final LivePicsync picsync;
  private final Browser browser;

  PageIT(@TempDir Path folder) throws Exception {
    picsync = LivePicsync.start(folder);
    browser = Browser.start();
  }

  @AfterAll
  void close() throws Exception {
    browser.close();
    picsync.close();
  }

  @BeforeEach
  void aPersonWhoIsNotSignedIn() {
    browser.as(Width.desktop, Scheme.light).open(picsync.address(""));
    browser.script("sessionStorage.clear()");
    browser.open(picsync.address("")); // what the one before asked with its login is over
    browser.errors();
  }

  private void open(String view) {
    browser.open(picsync.address("")); // a new document, whatever was shown
    browser.open(picsync.address("#/" + view));
  }

  private void signIn() {
    browser.click(".who button");
    browser.type("#login-password", LivePicsync.OPERATOR, Keys.ENTER);
    browser.reads(".who", "operator");
  }

  /** What is wrong with the view that is shown, and a picture of it. */
  private void looksWell(String view, Width width, Scheme scheme) throws Exception {
    browser.screenshot(Browser.shot(view, width, scheme));
    assertThat(browser.barriers()).as(view + ", " + width + ", " + scheme).isEmpty();
    assertThat(tooWide()).as("pixels that %s needs too many at %s", view, width).isZero();
    assertThat(browser.errors()).as("errors of " + view).isEmpty();
  }

  /** By how many pixels the page scrolls sideways. */
  private long tooWide() {
    Object pixels =
        browser.script(
            "const page = document.documentElement; return Math.max(0, page.scrollWidth - page.clientWidth)");
    return Long.parseLong(String.valueOf(pixels));
  }

  /** What is wide scrolls in its own box, on every screen; then the page is a desktop's again. */
  private void neverScrollsSideways(String view) {
    for (int width : WIDTHS) {
      browser.wide(width);
      assertThat(tooWide()).as("pixels that %s needs too many at %s", view, width).isZero();
    }
    browser.as(Width.desktop, Scheme.light);
  }

  @ParameterizedTest
  @EnumSource
  void everyViewIsThereForEverybody(Width width) throws Exception {
    for (Scheme scheme : Scheme.values()) {
      browser.as(width, scheme);
      open("");
      browser.reads("tr:has(a[href='#/sync/camera1'])", "30");
      looksWell("fleet", width, scheme);
      open("sync/camera1");
      browser.reads(".reports tbody", "completed");
      looksWell("sync", width, scheme);
      open("sync/hourly/calendar");
      browser.find("[data-day='2011-07-01']");
      looksWell("calendar", width, scheme);
      open("reports");
      browser.reads(".reports tbody", "hostile");
      looksWell("reports", width, scheme);
      open("report/" + picsync.report("camera1"));
      browser.reads(".lines tbody", ".jpg");
      if (width == Width.desktop && scheme == Scheme.light) {
        browser.glimpse("page"); // the README's picture
      }
      looksWell("report", width, scheme);
      browser.click(".who button");
      browser.find("dialog[open]");
      looksWell("sign-in", width, scheme);
      browser.type("#login-password", Keys.ESCAPE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRunIsStartedWatchedPausedResumedAndCancelled(Width width) throws Exception {
    browser.as(width, Scheme.light);
    open("sync/slow");
    signIn();
    browser.click("[data-change=sync]");
    browser.reads("dialog[open]", "Compares disk/slow with slow/pictures");
    looksWell("confirm", width, Scheme.light);
    browser.click("dialog[open] [type=submit]");

    await().atMost(BOUND).until(() -> done() > 0);
    int before = done();
    await("progress moves").atMost(BOUND).until(() -> done() > before);
    looksWell("run", width, Scheme.light);

    browser.click("[data-change=pause]");
    browser.reads("dialog[open]", "until you resume it");
    browser.click("dialog[open] [type=submit]");
    browser.reads(".run h2", "paused");
    browser.click("[data-change=resume]");
    browser.click("dialog[open] [type=submit]");
    browser.reads(".run h2", "transferring");

    browser.click("[data-change=cancel]");
    browser.reads("dialog[open]", "are left for a later run");
    browser.click("dialog[open] [type=submit]");
    browser.reads(".reports tbody tr:first-child", "cancelled");
    assertThat(browser.find("[data-change=sync]").isEnabled()).isTrue();
    assertThat(browser.count(".run h2")).isZero();
  }

  @Test
  void noViewScrollsSidewaysAlsoWhileARunGoesOn() throws Exception {
    open("sync/slow");
    signIn();
    browser.click("[data-change=sync]");
    browser.click("dialog[open] [type=submit]");
    await().atMost(BOUND).until(() -> done() > 0);

    assertThat(browser.text(".facts")).contains("Missing now").doesNotContain("no run has");
    assertThat(browser.text(".missing-now")).matches("[1-9][0-9,]* \\(.*\\)");
    neverScrollsSideways("sync/slow");
    open("");
    browser.reads("tr:has(a[href='#/sync/slow'])", "transferring");
    neverScrollsSideways("syncs");
    for (String view :
        List.of(
            "sync/camera1",
            "sync/hourly/calendar",
            "reports",
            "report/" + picsync.report("camera1"),
            "nowhere")) {
      open(view);
      browser.find("h1");
      await(view)
          .atMost(BOUND)
          .until(() -> browser.count(".reports tr, .day, .lines tr, .problem") > 0);
      neverScrollsSideways(view);
    }

    open("sync/slow");
    browser.click("[data-change=cancel]");
    browser.click("dialog[open] [type=submit]");
    browser.reads(".reports tbody tr:first-child", "cancelled");
    open("report/" + picsync.report("slow"));
    browser.reads("#sides", "The two archives, before the transfer");
    browser.reads("[aria-label=Lists]", "missing in destination before the transfer");
  }

  /** Pictures that the run now is done with, as the page tells it. */
  private int done() {
    String words = browser.text(".run .facts div:nth-child(3) dd").split(" ")[0].replace(",", "");
    return words.matches("[0-9]+") ? Integer.parseInt(words) : 0;
  }

  @Test
  void theFleetShowsARunAsItGoes() {
    signIn();
    browser.open(picsync.address("#/sync/slow"));
    browser.click("[data-change=check]");
    browser.reads("dialog[open]", "It transfers nothing.");
    browser.click("dialog[open] [type=submit]");
    await().atMost(BOUND).until(() -> !picsync.report("slow").isEmpty());
    browser.open(picsync.address("#/"));
    browser.reads("tr:has(a[href='#/sync/slow'])", "completed");
    browser.open(picsync.address("#/sync/slow"));
    browser.click("[data-change=sync]");
    browser.reads("dialog[open]", "transfers 3,000 pictures");
    browser.click("dialog[open] [type=submit]");
    browser.open(picsync.address("#/"));
    browser.reads("tr:has(a[href='#/sync/slow'])", "transferring");
    browser.reads("tr:has(a[href='#/sync/slow'])", "/s");
    browser.open(picsync.address("#/sync/slow"));
    browser.click("[data-change=cancel]");
    browser.click("dialog[open] [type=submit]");
    browser.find("[data-change=sync]");
  }

  @Test
  void whatTheLastRunDidNotCompareIsNotCalledComplete() throws Exception {
    picsync.hide("hourly");
    try {
      picsync.check("hourly");
      open("sync/hourly");
      browser.reads(".facts", "Missing when last compared");
      browser.reads(".facts", "does not exist or may not be entered");
      neverScrollsSideways("a sync whose run failed");
      open("report/" + picsync.report("hourly"));
      browser.reads(".empty", "Nothing was compared, so there are no lists.");
      neverScrollsSideways("a report that compared nothing");
      open("");
      browser.reads(".tiles", "not compared by the last run");
      looksWell("failed", Width.desktop, Scheme.light);
    } finally {
      picsync.unhide("hourly");
      picsync.check("hourly");
    }
  }

  @Test
  void theFleetIsSortedAndFiltered() {
    browser.reads(".fleet tbody tr:first-child", "camera1");
    browser.click(".c-missing button");
    assertThat(browser.find(".c-missing").getDomAttribute("aria-sort")).isEqualTo("descending");
    assertThat(missing())
        .hasSizeGreaterThanOrEqualTo(5)
        .isSortedAccordingTo(Comparator.reverseOrder());
    browser.click(".c-sync button");
    browser.click(".c-sync button");
    browser.reads(".fleet tbody tr:first-child", "slow");
    browser.type("#filter", "HOST");

    assertThat(browser.count(".fleet tbody tr")).isEqualTo(1);
    browser.reads(".fleet tbody", "hostile");
    assertThat(browser.address()).contains("name=HOST");
  }

  /** The column of missing pictures from the top; a sync without any number counts as none. */
  private List<Integer> missing() {
    return IntStream.rangeClosed(1, browser.count(".fleet tbody tr"))
        .mapToObj(
            row -> browser.text(".fleet tbody tr:nth-child(" + row + ") td[data-label=Missing]"))
        .map(text -> text.equals("–") ? 0 : Integer.parseInt(text.replace(",", "")))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "'0, 0.5, 1, 1.5', 0.5, \\d\\d:\\d\\d:\\d\\d, 2",
    "'0, 20, 40, 60', 20, \\d\\d:\\d\\d:\\d\\d, 4",
    "'0, 3600, 7200', 3600, '\\d+ \\w+, \\d\\d:\\d\\d', 3",
    "'0, 86400, 172800', 86400, \\d+ \\w+, 3",
    "'86400', 86400, \\d+ \\w+, 1",
    "'0, 31536000', 31536000, \\d+ \\w+ \\d{4}, 2",
  })
  void ticksOfAPlotTellWhenAndNothingTwice(String at, String step, String form, int different) {
    Object read =
        browser.script(
            "return import('/page/plots.js').then(it => it.ticks(null, [%s], 0, 96, %s))"
                .formatted(at, step));

    assertThat(read)
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .hasSize(at.split(",").length)
        .filteredOn(word -> !word.isEmpty())
        .hasSize(different)
        .doesNotHaveDuplicates()
        .allMatch(word -> word.matches(form));
  }

  @Test
  void aRefusedEditIsToldWithFileLineAndWhyUntilItIsMended() throws Exception {
    open("");
    browser.reads(".fleet tbody", "camera1");

    Path file = picsync.edit("broken", "- route:\n    id: broken\n    frm: sync:broken\n");

    browser.reads("#edits", "An edit is refused");
    browser.reads("#edits li", "routes/syncs/broken.camel.yaml:3");
    browser.reads("#edits li", "frm");
    looksWell("edits", Width.desktop, Scheme.light);
    Files.delete(file);
    await().atMost(BOUND).until(() -> browser.text("#edits").isEmpty());
  }

  @Test
  void anEmptiedSourceIsAnAlarmUntilSomebodyTakesItAsRight() throws Exception {
    picsync.empty();
    open("sync/emptied");
    signIn();
    browser.click("[data-change=check]");
    browser.click("dialog[open] [type=submit]");
    browser.reads(
        ".alarmed", "The source lists 0 pictures, it had " + LivePicsync.EMPTIED_PICTURES);
    looksWell("alarm", Width.desktop, Scheme.light);

    browser.click(".alarmed button");
    browser.reads("dialog[open]", "Do this only when the pictures are meant to be gone.");
    browser.click("dialog[open] [type=button]");
    browser.as(Width.phone, Scheme.dark).reads(".alarmed", "The source lists 0 pictures");
    browser.click(".alarmed button");
    looksWell("acknowledge", Width.phone, Scheme.dark);
    browser.click("dialog[open] [type=submit]");
    browser.click("[data-change=check]");
    browser.click("dialog[open] [type=submit]");
    await("the alarm ends").atMost(BOUND).until(() -> browser.count(".alarmed") == 0);
  }

  @Test
  void theCalendarTellsWhatWasLostAndWhatWasNeverTaken() {
    open("sync/hourly/calendar");

    assertThat(day("2011-06-15")).isEqualTo("captured");
    assertThat(day("2011-06-20")).isEqualTo("never");
    assertThat(day("2011-06-25")).isEqualTo("gaps");
    assertThat(day("2011-07-01")).isEqualTo("missing");
    assertThat(day("2011-07-10")).isEqualTo("missing");
    assertThat(browser.count(".month")).as("months with anything").isEqualTo(2);
    browser.click("[data-day='2011-07-10']");
    browser.reads(".day-panel", "Sunday, 10 July 2011");
    browser.reads(".day-panel", "Pictures are missing at the destination.");
    browser.click(".day-panel a");
    browser.reads(".lines", "20110710/20110710040000.jpg");
    assertThat(browser.count(".lines tbody tr")).isEqualTo(5);
  }

  private String day(String iso) {
    return String.valueOf(browser.find("[data-day='" + iso + "']").getDomAttribute("data-state"));
  }

  @Test
  void theCalendarIsReadByKeyboardAndAsATable() {
    open("sync/hourly/calendar");
    browser.find("[data-day='2011-07-14'][tabindex='0']").sendKeys(Keys.ARROW_LEFT, Keys.NULL);
    browser.reads(".day-panel", "7 July 2011");
    browser.script(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowUp', bubbles: true}))");
    browser.reads(".day-panel", "6 July 2011");
    assertThat(browser.script("return document.activeElement.getAttribute('aria-label')"))
        .asString()
        .contains("6 July 2011: 24 captured");
    browser.click(".year summary");
    browser.reads(".year table", "2011-06-20");
    browser.reads(".year table", "never");
    assertThat(browser.count(".year table tbody tr")).isEqualTo(4);
  }

  @Test
  void aPictureCalledScriptIsText() throws Exception {
    open("report/" + picsync.report("hostile"));
    browser.reads(".lines", LivePicsync.MARKUP);
    browser.reads(".lines", "<img src=x onerror=alert(2)>.jpg");

    assertThat(browser.count("main script, main img, main b c")).isZero();
    assertThat(browser.errors()).isEmpty();
    open("report/" + picsync.report("hostile") + "?text=" + "%3Cscript%3E");
    browser.reads(".lines", LivePicsync.MARKUP);
    assertThat(browser.count(".lines tbody tr")).isEqualTo(1);
  }

  @Test
  void theMissingListIsSearchedPagedAndDownloaded() throws Exception {
    String run = picsync.report("camera1");
    open("report/" + run);
    browser.reads("figure.archives", "146 pictures");
    browser.reads(".key", "30");
    browser.type("#in-text", ".raw", Keys.ENTER);
    await().atMost(BOUND).until(() -> browser.count(".lines tbody tr") == 5);
    browser.click("a[download]");
    Path list = browser.downloaded(run + ".missing.jsonl.gz");

    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(list)), StandardCharsets.UTF_8))) {
      assertThat(lines.lines().toList()).hasSize(30).allMatch(line -> line.contains("\"path\""));
    }
  }

  @Test
  void aWrongPasswordIsToldAndARefusalSaysWhatToDo() {
    open("sync/camera1");
    browser.reads(".buttons", "Sign in as operator to change something.");
    browser.click("[data-change=check]");
    browser.reads("dialog[open]", "operator");
    browser.type("#login-password", "wrong-password", Keys.ENTER);
    browser.reads("dialog[open] .wrong", "The name or the password is wrong. Sign in as");
    browser.type(
        "#login-password", Keys.chord(Keys.CONTROL, "a"), LivePicsync.OPERATOR, Keys.ENTER);
    browser.reads("dialog[open]", "Compares left/");
    browser.type("dialog[open]", Keys.ESCAPE);
    assertThat(browser.text(".buttons")).doesNotContain("Sign in");
  }

  @ParameterizedTest
  @CsvSource({
    "sync/nobody, nobody",
    "report/nope, nope",
    "sync/%, Nothing is at this address.",
    "nowhere, There is no such view.",
  })
  void aWrongAddressLeadsToWhatThereIs(String address, String told) throws Exception {
    open(address);

    browser.reads(".problem", "Nothing is at this address.");
    browser.reads(".problem", told);
    assertThat(browser.count(".problem button")).isZero();
    assertThat(browser.count(".problem a[href='#/'], .problem a[href='#/reports']")).isEqualTo(2);
    browser.screenshot(Browser.shot("astray", Width.desktop, Scheme.light));
    browser.click(".problem a[href='#/reports']");
    browser.reads(".reports tbody", "hostile");
  }

  @Test
  void filtersThatLeaveNothingSaySo() {
    open("reports");
    browser.reads(".reports tbody", "hostile");
    browser.type("#of-sync", "nobody", Keys.ENTER);

    browser.reads("main", "No report fits these filters.");
  }

  @Test
  void aSyncWithoutItsRouteIsMarkedAndNotCounted() throws Exception {
    String route = "leaving";
    Path file =
        picsync.edit(
            route,
            """
            - route:
                id: leaving
                group: syncs
                description: Is gone soon.
                from:
                  uri: sync:leaving
                  parameters:
                    source: disk/hostile
                    destination: disk/hostile-copy
                  steps:
                    - to:
                        uri: direct:compare
                    - to:
                        uri: direct:report
            """);
    open("");
    browser.reads(".fleet tbody", route);
    picsync.check(route);
    String before = browser.text(".tiles div:first-child b");

    Files.delete(file);

    browser.reads("tr:has(a[href='#/sync/leaving'])", "Its route is gone");
    browser.reads(".fleet tbody tr:last-child", "removed");
    browser.reads(".tiles", "1 removed not counted");
    assertThat(browser.text(".tiles div:first-child b")).isNotEqualTo(before);
    looksWell("removed", Width.desktop, Scheme.light);
    open("sync/leaving");
    browser.reads(".buttons", "its reports stay until their folder reports/leaving is deleted");
    assertThat(browser.count(".buttons button")).isZero();
    assertThat(browser.text(".facts")).doesNotContain("From", "Next run", "Runs");
    looksWell("removed-sync", Width.desktop, Scheme.light);
  }

  @Test
  void aLostConnectionIsToldAndFoundAgainAndReadingMayNeedALogin() throws Exception {
    browser.reads(".fleet tbody", "camera1");
    picsync.stop();
    browser.reads("#connection", "No connection to picsync since");
    try {
      picsync.open("picsync.api.reader.password=" + LivePicsync.READER);
      await().atMost(BOUND).until(() -> browser.text("#connection").isEmpty());
      browser.reads("h1", "Sign in to look");
      assertThat(browser.barriers()).isEmpty();
      browser.click("main button");
      browser.find("#login-name").sendKeys("reader");
      browser.type("#login-password", LivePicsync.READER, Keys.ENTER);
      browser.reads(".fleet tbody", "camera1");
      browser.reads(".who", "reader");
      List<String> errors = browser.errors();
      assertThat(errors).noneMatch(error -> error.contains("Content Security Policy"));
    } finally {
      picsync.stop();
      picsync.open();
    }
  }
}
