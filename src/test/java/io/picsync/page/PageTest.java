package io.picsync.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTest {
  private static final int LARGEST = 200_000;
  private static final List<String> KINDS = List.of(".html", ".js", ".css", ".svg", ".txt");

  /** What leads out of this picsync: an address with a host, or one without a scheme. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?:https?:)?//[A-Za-z0-9.-]+\\.[A-Za-z]{2,}[^\\s\"'`)]*");

  /**
   * Names, not addresses that a browser asks: an SVG's namespace, a library's home in a comment.
   */
  private static final Pattern NAMES =
      Pattern.compile("http://www\\.w3\\.org/2000/svg|https://github\\.com/leeoniya/uPlot.*");

  private final Page page = new Page();

  private static List<Path> files() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(Page.class.getResource("index.html")).toURI()).getParent();
    try (Stream<Path> all = Files.walk(Objects.requireNonNull(folder))) {
      return all.filter(file -> KINDS.stream().anyMatch(file.toString()::endsWith)).toList();
    }
  }

  private Exchange ask(String path, String... headers) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setHeader(Exchange.HTTP_PATH, path);
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getMessage().setHeader(headers[i], headers[i + 1]);
    }
    page.file(exchange);
    return exchange;
  }

  private static int status(Exchange answer) {
    return answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
  }

  @Test
  void thePageIsSmallInAll() throws Exception {
    long size = 0;
    for (Path file : files()) {
      size += Files.size(file);
    }
    assertThat(size).isLessThan(LARGEST);
    assertThat(files()).hasSizeGreaterThan(15);
  }

  @Test
  void noFileRefersToAnotherPlace() throws Exception {
    for (Path file : files()) {
      if (file.toString().endsWith(".txt")) {
        continue; // a licence, for people
      }
      List<String> found =
          ELSEWHERE
              .matcher(Files.readString(file))
              .results()
              .map(result -> result.group())
              .filter(address -> !NAMES.matcher(address).matches())
              .toList();
      assertThat(found).as(file.toString()).isEmpty();
    }
  }

  @Test
  void theHtmlHasNoScriptOrStyleOfItsOwn() {
    String html =
        new String(page.find("index.html").orElseThrow().plain(), StandardCharsets.UTF_8)
            .toLowerCase(Locale.ROOT);

    assertThat(html)
        .doesNotContain("<style", " style=", "javascript:")
        .doesNotContainPattern(" on[a-z]+=");
    assertThat(html).doesNotContainPattern("<script(?![^>]*src=)");
  }

  @Test
  void noScriptMakesMarkupOfText() throws Exception {
    for (Path file : files()) {
      if (file.toString().endsWith(".js") && !file.toString().endsWith(".min.js")) {
        assertThat(Files.readString(file))
            .as(file.toString())
            .doesNotContain(
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "Function(");
      }
    }
  }

  @Test
  void everyImportedModuleIsThere() throws Exception {
    Pattern imported = Pattern.compile("(?:from |import\\()\"([^\"]+)\"");
    for (Path file : files()) {
      if (file.toString().endsWith(".js") && !file.toString().endsWith(".min.js")) {
        Path folder = Objects.requireNonNull(file.getParent());
        imported
            .matcher(Files.readString(file))
            .results()
            .forEach(result -> assertThat(folder.resolve(result.group(1))).exists());
      }
    }
  }

  @Test
  void aFileIsHandedOutWithItsType() {
    assertThat(ask("/page/views/fleet.js").getMessage().getHeader(Exchange.CONTENT_TYPE))
        .isEqualTo("text/javascript; charset=utf-8");
    assertThat(ask("/page/picsync.svg").getMessage().getHeader(Exchange.CONTENT_TYPE))
        .isEqualTo("image/svg+xml");
    assertThat(ask("/page/uPlot.iife.min.js").getMessage().getBody(byte[].class))
        .hasSizeGreaterThan(40_000);
  }

  @Test
  void whatIsKnownAlreadyIsNotSentAgain() {
    String etag = ask("/page/base.css").getMessage().getHeader("ETag", String.class);
    Exchange again = ask("/page/base.css", "If-None-Match", etag);

    assertThat(status(again)).isEqualTo(304);
    assertThat(again.getMessage().getBody()).isNull();
    assertThat(status(ask("/page/base.css", "If-None-Match", "\"other\""))).isEqualTo(200);
  }

  @Test
  void aBrowserThatTakesGzipGetsLess() {
    Exchange answer = ask("/page/base.css", "Accept-Encoding", "gzip, deflate, br");

    assertThat(answer.getMessage().getHeader(Exchange.CONTENT_ENCODING)).isEqualTo("gzip");
    assertThat(answer.getMessage().getBody(byte[].class))
        .hasSizeLessThan(ask("/page/base.css").getMessage().getBody(byte[].class).length / 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/../api/openapi.yaml",
        "/page/Page.class",
        "/page/views/../../api/openapi.yaml",
        "/page//etc/passwd",
        "/page/",
        "/page/views",
        "/page/none.js",
        "/page/%2e%2e/x.js",
        "/page/io/picsync/page/index.html"
      })
  void nothingElseIsHandedOut(String path) {
    Exchange answer = ask(path);

    assertThat(status(answer)).isEqualTo(404);
    assertThat(new String(answer.getMessage().getBody(byte[].class), StandardCharsets.UTF_8))
        .contains("problem:not-found");
  }
}
