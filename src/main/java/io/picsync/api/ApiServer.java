package io.picsync.api;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server under the routes of {@code routes/api.camel.yaml}: few threads, so that no load
 * of it takes the processor from the runs. It listens when all routes are there. An address that is
 * taken ends no sync: it is told, and tried again. Thread-safe.
 */
public final class ApiServer extends ServiceSupport implements StartupListener {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int WORKERS = 4;
  private static final int CONNECTIONS = 1000;
  private static final int LARGEST_BODY = 16 * 1024;
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final ApiSettings settings;
  private final Vertx vertx;
  private final Router router;
  private final Optional<ApiCertificate> certificate;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicBoolean told = new AtomicBoolean();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final CompletableFuture<String> listening = new CompletableFuture<>();
  private volatile @Nullable HttpServer server;

  ApiServer(ApiSettings settings, Logins logins) {
    this.settings = settings;
    // no file cache in the machine's temporary folder: nothing is served from one
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false))
                .setBlockedThreadCheckInterval(TimeUnit.MINUTES.toMillis(1)));
    this.certificate = settings.tls().map(files -> new ApiCertificate(files, vertx));
    this.router = Router.router(vertx);
    router.route().handler(new Gate(settings, logins));
    for (int status : new int[] {400, 404, 405, 406, 413, 415, 500}) {
      router.errorHandler(status, context -> refuse(context, status));
    }
  }

  private static void refuse(RoutingContext context, int status) {
    if (context.failure() instanceof Problem problem) {
      Gate.refuse(context, problem);
      return;
    }
    Gate.refuse(context, Problem.ofStatus(status));
  }

  /** Puts it under Camel's platform-http component. To be called before any route is made. */
  public void bind(CamelContext context) throws Exception {
    context
        .getRegistry()
        .bind(
            VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO,
            new VertxPlatformHttpRouter(
                null, vertx, router, VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO) {
              @Override
              public Handler<RoutingContext> bodyHandler() {
                return BodyHandler.create(false).setBodyLimit(LARGEST_BODY);
              }
            });
    PlatformHttpComponent http =
        Objects.requireNonNull(context.getComponent("platform-http", PlatformHttpComponent.class));
    http.setEngine(new OwnRouter());
    context.addService(this, true, true);
    context.addStartupListener(this);
  }

  /** Camel would look for the port of another server, that of metrics and health, say. */
  private static final class OwnRouter extends VertxPlatformHttpEngine {
    @Override
    public int getServerPort() {
      return 0; // the router of that name is ours
    }
  }

  @Override
  public void onCamelContextStarting(CamelContext context, boolean alreadyStarted) {}

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
    if (asked.compareAndSet(false, true)) { // Camel says so again when routes are added later
      listen();
    }
  }

  private void listen() {
    if (isStoppingOrStopped()) {
      return;
    }
    HttpServerOptions options;
    try {
      options = options();
    } catch (IOException e) {
      again(e, "mend these files");
      return;
    }
    vertx
        .createHttpServer(options)
        .requestHandler(router)
        .connectionHandler(
            connection -> {
              if (connections.incrementAndGet() > CONNECTIONS) {
                connection.close();
              }
              connection.closeHandler(closed -> connections.decrementAndGet());
            })
        .listen(settings.port(), settings.address())
        .onSuccess(this::listens)
        .onFailure(
            failure -> again(failure, "another picsync.api.port, or picsync.api.enabled=false"));
  }

  private HttpServerOptions options() throws IOException {
    HttpServerOptions options =
        new HttpServerOptions()
            .setIdleTimeout(60)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setMaxInitialLineLength(8 * 1024)
            .setMaxHeaderSize(16 * 1024);
    if (certificate.isPresent()) {
      options.setSsl(true).setKeyCertOptions(certificate.get().read());
    }
    return options;
  }

  private void listens(HttpServer open) {
    server = open;
    LOG.info("The page is at {}/", address());
    listening.complete(address());
    certificate.ifPresent(files -> vertx.setPeriodic(AGAIN.toMillis(), timer -> renew(files)));
    if (!settings.isLoopback() && settings.tls().isEmpty()) {
      LOG.warn(
          "Passwords cross the network in clear. Set {} and {}, or put a proxy with TLS in front.",
          ApiSettings.CERTIFICATE,
          ApiSettings.KEY);
    }
  }

  /** Connections that are open keep the certificate that they began with. */
  private void renew(ApiCertificate files) {
    vertx
        .executeBlocking(Executors.callable(files::renew, true))
        .onFailure(
            failure -> LOG.error("The certificate of the page can't be looked at.", failure));
  }

  private void again(Throwable failure, String remedy) {
    if (!told.getAndSet(true)) {
      LOG.error(
          "The reports are not shown, the syncs go on; tried again every {} s. address={} port={} why={} remedy=\"{}\"",
          AGAIN.toSeconds(),
          settings.address(),
          settings.port(),
          failure.getMessage(),
          remedy);
    }
    vertx.setTimer(AGAIN.toMillis(), timer -> listen());
  }

  /** Completes with {@link #address()} when it listens for the first time. */
  public CompletionStage<String> listening() {
    return listening.minimalCompletionStage();
  }

  /** Where it listens: {@code http://127.0.0.1:8585}; empty while it does not. */
  public String address() {
    HttpServer open = server;
    return open == null
        ? ""
        : "%s://%s:%d"
            .formatted(
                settings.tls().isPresent() ? "https" : "http",
                settings.address().contains(":")
                    ? "[" + settings.address() + "]"
                    : settings.address(),
                open.actualPort());
  }

  @Override
  protected void doStop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(STOP.toSeconds(), TimeUnit.SECONDS);
    server = null;
  }
}
