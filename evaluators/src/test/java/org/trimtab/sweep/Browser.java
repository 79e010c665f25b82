package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium with a window of 1400 x 900, and a profile of its own. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Path IMAGES = Path.of("..", "docs", "images");
  private static final int MOST_BYTES = 200_000;

  private final ChromeDriver driver;
  private final URI server;

  /**
   * Starts Chromium.
   *
   * @param profile an empty folder
   * @param server the MLflow server whose pages will be opened
   */
  Browser(Path profile, URI server) {
    this.server = server;
    File program = chromedriver().orElseThrow().toFile();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium().orElseThrow().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en",
        "--user-data-dir=" + profile.toAbsolutePath());
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(program).build(), options);
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 1400, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    closeAssistant();
  }

  /** Chromium's program, if there is one. */
  static Optional<Path> chromium() {
    return program("chromium", "chromium-browser", "google-chrome");
  }

  /** The program that drives it, if there is one. */
  static Optional<Path> chromedriver() {
    return program("chromedriver");
  }

  private static Optional<Path> program(String... names) {
    String path = String.valueOf(System.getenv("PATH"));
    return Stream.of(names)
        .flatMap(name -> Arrays.stream(path.split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a page anew, whatever was open before. */
  void open(URI page) {
    driver.get("about:blank");
    driver.get(page.toString());
  }

  /** Waits until the page shows all of these texts. */
  void awaitTexts(String css, String... wanted) {
    await(
        "%s with %s".formatted(css, List.of(wanted)),
        () -> texts(css).containsAll(List.of(wanted)));
  }

  /** Waits until so many elements are there. */
  void awaitCount(String css, int count) {
    await(count + " times " + css, () -> driver.findElements(By.cssSelector(css)).size() == count);
  }

  /** Clicks on the first such element, once it is there. */
  void click(String css) {
    await(
        "a click on " + css,
        () -> {
          List<WebElement> found = driver.findElements(By.cssSelector(css));
          found.stream().findFirst().ifPresent(WebElement::click);
          return !found.isEmpty();
        });
  }

  /** The texts of all such elements, without empty ones. */
  List<String> texts(String css) {
    return driver.findElements(By.cssSelector(css)).stream()
        .map(element -> String.valueOf(element.getDomProperty("textContent")).strip())
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /**
   * Takes a picture of the window's upper part. {@code -Dtrimtab.screenshots.write=true} puts it
   * into the documentation.
   */
  void screenshot(String name, int height) throws IOException {
    await("an end of loading", () -> texts("[aria-busy=true], [class*=skeleton]").isEmpty());
    byte[] window = driver.getScreenshotAs(OutputType.BYTES);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(window));
    Path file = Files.createDirectories(SCREENSHOTS).resolve(name + ".png");
    ImageIO.write(picture.getSubimage(0, 0, picture.getWidth(), height), "png", file.toFile());
    assertThat(file.toFile().length()).as(name).isLessThan(MOST_BYTES);
    if (Boolean.getBoolean("trimtab.screenshots.write")) {
      Path image = Files.createDirectories(IMAGES).resolve("mlflow-" + name + ".png");
      Files.copy(file, image, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }

  /** MLflow opens a chat window over a third of the page at the first visit. */
  private void closeAssistant() {
    driver.get(server.resolve("/health").toString());
    driver.executeScript(
        """
        localStorage.setItem('mlflow.assistant.fab.autoOpenedOnFirstLoad_v1', 'true');
        localStorage.setItem('mlflow.assistant.panelOpen_v1', 'false');
        """);
  }

  private interface Condition {
    boolean holds();
  }

  /** Elements may be replaced while they are looked at: then looks again. */
  private void await(String what, Condition condition) {
    try {
      new WebDriverWait(driver, PATIENCE)
          .ignoring(StaleElementReferenceException.class)
          .until(page -> condition.holds());
    } catch (TimeoutException e) {
      throw new AssertionError(
          "waited in vain for " + what + " on " + driver.getCurrentUrl() + ":\n" + texts("body"),
          e);
    }
  }
}
