package io.picsync.api;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.picsync.report.RunId;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.jspecify.annotations.Nullable;

/**
 * One request and the answer to it. Parameters are read from the request itself:
 * camel-platform-http mixes path, query and headers into one map, where a query could pass for any
 * of them.
 */
final class Call {
  static final String JSON = "application/json";
  private static final Pattern SYNC = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private final Exchange exchange;
  private final HttpServerRequest request;
  private final List<String> path;
  private final QueryStringDecoder query;

  /** The parameters that were asked for: there are no others here. */
  private final Set<String> parameters = new TreeSet<>();

  Call(Exchange exchange) {
    this.exchange = exchange;
    this.request = exchange.getMessage(HttpMessage.class).getRequest();
    this.path = Arrays.asList(request.path().split("/"));
    this.query = new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8, true, 20);
  }

  /** The sync of {@code /api/syncs/SYNC/…}. */
  String sync() {
    return syncName("The path", segment(3));
  }

  /** The run of {@code /api/reports/RUN/…}. */
  RunId run() {
    String text = segment(3);
    return RunId.of(text)
        .orElseThrow(() -> Problem.badRequest("The path: '%s' is no run's id.".formatted(text)));
  }

  /** The list of {@code /api/reports/RUN/lists/LIST}. */
  String list() {
    String list = segment(5);
    if (!Summary.LISTS.contains(list)) {
      throw Problem.notFound(
          "There is no list '%s'; the lists are %s.".formatted(list, Summary.LISTS));
    }
    return list;
  }

  private String segment(int index) {
    return index < path.size() ? path.get(index) : "";
  }

  private static String syncName(String where, String name) {
    if (!SYNC.matcher(name).matches()) {
      throw Problem.badRequest("%s: '%s' is no sync's name.".formatted(where, name));
    }
    return name;
  }

  /** Empty when it is not given, or is empty. */
  Optional<String> query(String name, int longest) {
    parameters.add(name);
    List<String> values = values().getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw Problem.badRequest("%s is given twice.".formatted(name));
    }
    Optional<String> value = values.stream().filter(text -> !text.isEmpty()).findFirst();
    if (value.isPresent() && value.get().length() > longest) {
      throw Problem.badRequest("%s is longer than %d characters.".formatted(name, longest));
    }
    return value;
  }

  private Map<String, List<String>> values() {
    try {
      return query.parameters();
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("The query is not understood: " + e.getMessage());
    }
  }

  Optional<String> querySync() {
    return query("sync", 64).map(name -> syncName("sync", name));
  }

  int queryCount(String name, int otherwise, int most) {
    Optional<String> text = query(name, 12);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int count = Integer.parseInt(text.get());
      if (count >= 1 && count <= most) {
        return count;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw Problem.badRequest(
        "%s=%s: a number from 1 to %d is wanted.".formatted(name, text.get(), most));
  }

  /** Who asks. The {@link Gate} refused a wrong login before. */
  Role role(Logins logins) {
    return logins.role(
        request.getHeader("Authorization"), String.valueOf(request.remoteAddress().hostAddress()));
  }

  byte[] body() {
    byte[] body = exchange.getMessage().getBody(byte[].class);
    return body == null ? new byte[0] : body;
  }

  /** Answers with JSON, or with 304 when the asker has it already. */
  void answer(byte[] json) {
    CRC32C sum = new CRC32C();
    sum.update(json);
    String tag = "\"%x-%x\"".formatted(json.length, sum.getValue());
    answer(200, JSON, tag, json);
  }

  /** The same for something that never changes. */
  void answer(String type, String tag, Object body) {
    answer(200, type, tag, body);
  }

  private void answer(int status, String type, String tag, Object body) {
    refuseOthers(body);
    String known = request.getHeader("If-None-Match");
    boolean same =
        known != null
            && Arrays.stream(known.split(","))
                .map(String::strip)
                .anyMatch(one -> one.equals(tag) || one.equals("*") || one.equals("W/" + tag));
    Message message = blank(exchange, same ? 304 : status);
    message.setHeader("ETag", tag);
    if (same) {
      close(body);
    } else {
      message.setHeader(Exchange.CONTENT_TYPE, type);
      message.setBody(body);
    }
  }

  /** A filter that is misspelt would answer everything. */
  private void refuseOthers(Object body) {
    for (String name : values().keySet()) {
      if (!parameters.contains(name)) {
        close(body);
        throw Problem.badRequest(
            "There is no parameter '%s' here%s."
                .formatted(
                    name,
                    parameters.isEmpty() ? "" : "; there are " + String.join(", ", parameters)));
      }
    }
  }

  private static void close(Object body) {
    if (body instanceof InputStream stream) {
      try {
        stream.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Answers a change, or a state that is not kept. */
  void answer(int status, byte[] json) {
    Message message = blank(exchange, status);
    message.setHeader(Exchange.CONTENT_TYPE, JSON);
    message.setBody(json);
  }

  void header(String name, String value) {
    exchange.getMessage().setHeader(name, value);
  }

  static void refuse(Exchange exchange, Problem problem) {
    Message message = blank(exchange, problem.status());
    message.setHeader(Exchange.CONTENT_TYPE, Problem.CONTENT_TYPE);
    message.setBody(problem.json());
  }

  /** The request's headers would go back with the answer, the login among them. */
  private static Message blank(Exchange exchange, int status) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    @Nullable Object nothing = null;
    message.setBody(nothing);
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    return message;
  }
}
