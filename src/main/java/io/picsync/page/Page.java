package io.picsync.page;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the page's files, as the bean {@code page}. They hold nothing of this picsync, so they
 * need no login; what they show comes from the API. Read once, from picsync's own jar. Thread-safe.
 */
public final class Page {
  private static final String INDEX = "index.html";

  /** What a file of the page can be called: no name leads out of its folder, or to a class. */
  private static final Pattern NAME =
      Pattern.compile("(?:views/)?[A-Za-z][A-Za-z-]*(?:\\.[a-z]+)*\\.(?:js|css|svg|html)");

  private final Map<String, PageFile> files = new ConcurrentHashMap<>();

  /** The page itself. */
  public void index(Exchange exchange) {
    answer(exchange, INDEX);
  }

  /** The file that the path names below the route's own. */
  public void file(Exchange exchange) {
    String path = exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class);
    answer(exchange, path.replaceFirst("^/+(?:page/)?", ""));
  }

  private void answer(Exchange exchange, String name) {
    Message asked = exchange.getMessage();
    String known = asked.getHeader("If-None-Match", String.class);
    boolean gzip = takesGzip(asked.getHeader("Accept-Encoding", String.class));
    asked.removeHeaders("*");
    Optional<PageFile> file = find(name);
    if (file.isEmpty()) {
      refuse(asked);
      return;
    }
    String etag = "\"" + file.get().etag() + (gzip ? "-gzip\"" : "\"");
    asked.setHeader("ETag", etag);
    asked.setHeader("Vary", "Accept-Encoding");
    if (known != null && known.contains(etag)) {
      asked.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
      asked.setBody(null);
      return;
    }
    asked.setHeader(Exchange.CONTENT_TYPE, file.get().type());
    if (gzip) {
      asked.setHeader(Exchange.CONTENT_ENCODING, "gzip");
    }
    asked.setBody(gzip ? file.get().gzip() : file.get().plain());
  }

  private static boolean takesGzip(@Nullable String encodings) {
    return encodings != null && encodings.toLowerCase(Locale.ROOT).contains("gzip");
  }

  private static void refuse(Message answer) {
    answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 404);
    answer.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
    answer.setBody(
        "{\"type\":\"urn:picsync:problem:not-found\",\"title\":\"Not found\",\"status\":404,\"detail\":\"The page has no such file. It begins at /.\"}"
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Empty when the page has no such file. */
  Optional<PageFile> find(String name) {
    PageFile known = files.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    InputStream stream = Page.class.getResourceAsStream(name);
    return stream == null
        ? Optional.empty()
        : Optional.of(files.computeIfAbsent(name, n -> PageFile.read(n, stream)));
  }
}
