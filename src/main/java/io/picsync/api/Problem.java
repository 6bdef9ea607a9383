package io.picsync.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An answer that says what did not work: problem+json, RFC 9457. Not retried. */
final class Problem extends RuntimeException {
  static final String CONTENT_TYPE = "application/problem+json";
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;

  /**
   * @param detail what, where, why, and what to do
   */
  private Problem(int status, String title, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
  }

  static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail);
  }

  static Problem logIn(String detail) {
    return new Problem(401, "Log in", detail);
  }

  static Problem forbidden(String detail) {
    return new Problem(403, "Forbidden", detail);
  }

  static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail);
  }

  static Problem conflict(String detail) {
    return new Problem(409, "Conflict", detail);
  }

  static Problem tooManyLogins(String detail) {
    return new Problem(429, "Too many logins", detail);
  }

  static Problem busy(String detail) {
    return new Problem(503, "Busy", detail);
  }

  /** What the HTTP server itself refuses, or what nobody foresaw. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 404 -> notFound("There is nothing at this path. /api/openapi.json names all there is.");
      case 405 -> new Problem(405, "Method not allowed", "This path is not for this method.");
      case 413 -> new Problem(413, "Too large", "The body is larger than any that is wanted here.");
      case 421 ->
          new Problem(
              421,
              "Misdirected request",
              "This is not a host name that picsync goes by here. Add it to picsync.api.hosts if it is one of its names.");
      case 400 -> badRequest("The request is not understood.");
      default ->
          new Problem(status >= 400 ? status : 500, "Failed", "It failed; picsync's log says why.");
    };
  }

  int status() {
    return status;
  }

  byte[] json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "urn:picsync:problem:" + title.toLowerCase(Locale.ROOT).replace(' ', '-'));
    json.put("title", title);
    json.put("status", status);
    json.put("detail", getMessage());
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
