package io.picsync.api;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes first, whatever its route: the headers that keep browsers from
 * mischief, whom it is meant for, how many there may be, who asks, and whether that one may. On the
 * event loop, so it never blocks.
 */
final class Gate implements Handler<RoutingContext> {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** Tell whether somebody may log in before he does, and whether picsync lives. */
  private static final Set<String> OPEN = Set.of("/api/access", "/api/health");

  private static final String CHANGES = "X-Picsync";

  private final ApiSettings settings;
  private final Logins logins;
  private final AtomicInteger under = new AtomicInteger();

  Gate(ApiSettings settings, Logins logins) {
    this.settings = settings;
    this.logins = logins;
  }

  @Override
  public void handle(RoutingContext context) {
    guardBrowsers(context.response().headers(), settings.tls().isPresent());
    if (under.incrementAndGet() > settings.requests()) {
      under.decrementAndGet();
      context.response().putHeader("Retry-After", "1");
      refuse(context, Problem.busy("More is asked at once than is let in. Ask again in a second."));
      return;
    }
    context.addEndHandler(end -> under.decrementAndGet());
    try {
      check(context);
    } catch (Problem problem) {
      refuse(context, problem);
      return;
    }
    context.next();
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!isForUs(request)) {
      throw Problem.ofStatus(421);
    }
    Role role =
        logins.role(
            request.getHeader("Authorization"),
            String.valueOf(request.remoteAddress().hostAddress()));
    boolean reads =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (!reads) {
      mayChange(request, role);
    } else if (role == Role.none
        && settings.isReadingGuarded()
        && context.normalizedPath().startsWith("/api/")
        && !OPEN.contains(context.normalizedPath())) {
      throw Problem.logIn("Log in as reader or as operator to read.");
    }
  }

  /** A name of somebody else's that leads here is how other sites' pages get at what is local. */
  private boolean isForUs(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    String host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    return settings.hosts().contains(host)
        || host.equals(settings.address().toLowerCase(Locale.ROOT))
        || (settings.isLoopback() && LOCAL.contains(host))
        || (!settings.isLoopback() && settings.hosts().isEmpty());
  }

  private void mayChange(HttpServerRequest request, Role role) {
    if (settings.operator().isEmpty()) {
      throw Problem.forbidden(
          "Changing is off. Set picsync.api.operator.password (or -file) and log in as operator.");
    }
    if (!"1".equals(request.getHeader(CHANGES)) || isFromElsewhere(request)) {
      throw Problem.forbidden(
          "A change comes from picsync's own page or from a program, with the header %s: 1."
              .formatted(CHANGES));
    }
    if (role == Role.none) {
      throw Problem.logIn("Log in as operator to change anything.");
    }
    if (role != Role.operator) {
      throw Problem.forbidden("A reader changes nothing. Log in as operator.");
    }
  }

  private static boolean isFromElsewhere(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    String site = request.getHeader("Sec-Fetch-Site");
    return (site != null && !site.equals("same-origin") && !site.equals("none"))
        || (origin != null && !isOwn(origin, request.authority()));
  }

  private static boolean isOwn(String origin, @Nullable HostAndPort own) {
    String host = origin.replaceFirst("^https?://", "");
    return own != null
        && (host.equalsIgnoreCase(own.toString())
            || host.equalsIgnoreCase(own.host())
            || host.equalsIgnoreCase(own.host() + ":" + own.port()));
  }

  /** Nothing from elsewhere runs in the page, and the page in nobody else's. */
  private static void guardBrowsers(MultiMap headers, boolean tls) {
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "private, no-cache");
    if (tls) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
  }

  /**
   * Answers with a problem. A page of ours asks in its own way: no browser's login window opens.
   */
  static void refuse(RoutingContext context, Problem problem) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (problem.status() == 401 && context.request().getHeader(CHANGES) == null) {
      response.putHeader("WWW-Authenticate", "Basic realm=\"picsync\", charset=\"UTF-8\"");
    }
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.CONTENT_TYPE)
        .end(Buffer.buffer(problem.json()));
  }
}
