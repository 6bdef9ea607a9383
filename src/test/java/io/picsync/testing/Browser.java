package io.picsync.testing;

import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The machine's Chromium, without a screen and with a profile of its own that closing it removes.
 * It asks nothing of the network but what a page tells it to. Screenshots land in {@code
 * target/screenshots}. Not thread-safe.
 */
public final class Browser implements AutoCloseable {
  /** For {@link RequiresDaemon}: the programs that it takes. */
  public static final String PROGRAM = "chromium";

  private static final String DRIVER = "chromedriver";
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Set<String> GRAVE = Set.of("serious", "critical");

  private final Path profile;
  private final Path downloads;
  private final ChromeDriver driver;

  /** A width that the page is looked at in. */
  public enum Width {
    desktop(1280, 860, false),
    phone(360, 740, true);

    private final int pixels;
    private final int height;
    private final boolean mobile;

    Width(int pixels, int height, boolean mobile) {
      this.pixels = pixels;
      this.height = height;
      this.mobile = mobile;
    }

    public int pixels() {
      return pixels;
    }
  }

  /** What the person prefers. */
  public enum Scheme {
    light,
    dark
  }

  private Browser(Path profile) {
    this.profile = profile;
    this.downloads = profile.resolve("downloads");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program(PROGRAM).toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toString()));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    // a driver that is named is never looked for elsewhere
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program(DRIVER).toFile())
            .usingAnyFreePort()
            .build();
    this.driver = new ChromeDriver(service, options);
  }

  public static Browser start() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    return new Browser(Files.createTempDirectory("picsync-browser-"));
  }

  private static Path program(String name) {
    return DaemonCondition.find(name)
        .orElseThrow(() -> new IllegalStateException(name + " is not installed."));
  }

  public Browser as(Width width, Scheme scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width.pixels,
            "height", width.height,
            "deviceScaleFactor", 1,
            "mobile", width.mobile));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme.name()))));
    return this;
  }

  /** Another width, whatever it is called; the rest stays. */
  public Browser wide(int pixels) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 860, "deviceScaleFactor", 1, "mobile", false));
    return this;
  }

  public void open(String address) {
    driver.get(address);
  }

  public String address() {
    return Objects.requireNonNull(driver.getCurrentUrl());
  }

  /** The first that is shown, awaited. */
  public WebElement find(String css) {
    return await("shown: " + css)
        .atMost(BOUND)
        .ignoreException(StaleElementReferenceException.class)
        .until(
            () ->
                driver.findElements(By.cssSelector(css)).stream()
                    .filter(WebElement::isDisplayed)
                    .findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  /** How many there are now. */
  public int count(String css) {
    return driver.findElements(By.cssSelector(css)).size();
  }

  /** What a person reads there, awaited; empty while nothing is there. */
  public String text(String css) {
    List<WebElement> found = driver.findElements(By.cssSelector(css));
    try {
      return found.isEmpty() ? "" : found.get(0).getText();
    } catch (StaleElementReferenceException e) {
      return "";
    }
  }

  /** Waits until a part of the page reads so. */
  public void reads(String css, String part) {
    await(css + " reads: " + part).atMost(BOUND).until(() -> text(css).contains(part));
  }

  /** Clicks on what is shown, also when it is drawn anew meanwhile. */
  public void click(String css) {
    await("clicked: " + css)
        .atMost(BOUND)
        .ignoreExceptions()
        .until(
            () -> {
              find(css).click();
              return true;
            });
  }

  public void type(String css, CharSequence... keys) {
    find(css).sendKeys(keys);
  }

  /** The result of a script's {@code return}. */
  public @Nullable Object script(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  /** Of the whole page, however long. */
  public Path screenshot(String name) throws IOException {
    return screenshot(name, true);
  }

  /** Of what fits the window. */
  public Path glimpse(String name) throws IOException {
    return screenshot(name, false);
  }

  private Path screenshot(String name, boolean whole) throws IOException {
    Map<String, Object> shot =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole));
    Path file = SCREENSHOTS.resolve(name + ".png");
    Files.write(file, OutputType.BYTES.convertFromBase64Png(String.valueOf(shot.get("data"))));
    return file;
  }

  /** What axe finds serious or critical, in words; empty for nothing. */
  @SuppressWarnings("deprecation") // the other way opens a window more for each look
  public List<String> barriers() {
    Results results = new AxeBuilder().setLegacyMode(true).analyze(driver);
    return results.getViolations().stream()
        .filter(rule -> GRAVE.contains(String.valueOf(rule.getImpact())))
        .map(Browser::words)
        .toList();
  }

  private static String words(Rule rule) {
    return "%s (%s): %s"
        .formatted(
            rule.getId(),
            rule.getImpact(),
            rule.getNodes().stream()
                .map(node -> node.getHtml().strip() + " " + node.getFailureSummary())
                .limit(3)
                .toList());
  }

  /**
   * Errors that the console told since it was asked the last time, scripts' and policies' alike.
   */
  public List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** A file that was downloaded, awaited. */
  public Path downloaded(String name) {
    Path file = downloads.resolve(name);
    await("downloaded: " + name).atMost(BOUND).until(() -> Files.exists(file));
    return file;
  }

  /** A name for a screenshot. */
  public static String shot(String view, Width width, Scheme scheme) {
    return "%s-%s-%s".formatted(view, width, scheme).toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    Trees.clear(profile);
    Files.deleteIfExists(profile);
  }
}
