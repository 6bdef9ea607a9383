package io.picsync.command;

import io.picsync.settings.SettingsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.commons.cli.CommandLine;
import org.jspecify.annotations.Nullable;

/**
 * {@code picsync health}: whether the service of this home lives, for Docker and the like to ask.
 * Loads no Camel: it is started every half a minute.
 */
final class HealthCommand implements Command {
  private static final int CONNECT_MILLIS = 2000;
  private static final int READ_MILLIS = 5000;

  /** The one check of the API's that stands for life: the others tell of servers and sources. */
  private static final Pattern DEAD =
      Pattern.compile(
          "\"name\":\"picsync-schedule\",\"status\":\"down\"", Pattern.CASE_INSENSITIVE);

  private static final Pattern VARIABLE =
      Pattern.compile("\\{\\{env:([A-Za-z0-9_]+)(?::([^}]*))?}}");

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

  @Override
  public String name() {
    return "health";
  }

  @Override
  public String description() {
    return """
        Asks the service of this machine whether it lives, and says so.
        Exit codes: 0 it lives; 3 it does not; 64 it can't be asked, because neither its API nor \
        camel.management is enabled. A server that is down is no matter of this: see the log, or \
        docs/watching.md.
        """;
  }

  @Override
  public int call(CommandLine given, Console console) throws IOException {
    Home home = Home.find();
    Properties config = new Properties();
    // an edit that the service refuses, as it is not in UTF-8, is no matter of its life
    try (Reader in =
        new InputStreamReader(Files.newInputStream(home.config()), StandardCharsets.UTF_8)) {
      config.load(in);
    }
    URI asked = address(config, System.getenv());
    if (asked == null) {
      console
          .err()
          .println(
              "picsync: the service can't be asked: picsync.api.enabled is false, and camel.management.enabled is not true.");
      return ExitCode.USAGE;
    }
    PrintWriter out = console.out();
    try {
      String why = ask(asked, config, home.state());
      out.println(why.isEmpty() ? "alive: " + asked : "not well: " + asked + " " + why);
      return why.isEmpty() ? ExitCode.NOTHING_MISSING : ExitCode.FAILED;
    } catch (IOException e) {
      out.println("no answer: " + asked + " " + e.getMessage());
      return ExitCode.FAILED;
    } finally {
      out.flush();
    }
  }

  /**
   * @return null when nothing of the service listens
   */
  static @Nullable URI address(Properties config, Map<String, String> environment) {
    Values values = new Values(config, environment);
    if (values.get("camel.management.enabled", "false").equals("true")) {
      return URI.create(
          "http://%s:%s%s/health/live"
              .formatted(
                  reachable(values.get("camel.management.host", "127.0.0.1")),
                  values.get("camel.management.port", "9876"),
                  values.get("camel.management.path", "/observe")));
    }
    if (values.get("picsync.api.enabled", "true").equals("false")) {
      return null;
    }
    return URI.create(
        "%s://%s:%s/api/health"
            .formatted(
                values.get("picsync.api.tls-certificate", "").isEmpty() ? "http" : "https",
                reachable(values.get("picsync.api.address", "127.0.0.1")),
                values.get("picsync.api.port", "8585")));
  }

  /** A server on all interfaces is on this machine's own, too. */
  private static String reachable(String host) {
    String own = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
    return own.contains(":") ? "[" + own + "]" : own;
  }

  /** What a key says, as far as it can be known without Camel. */
  private record Values(Properties config, Map<String, String> environment) {
    String get(String key, String otherwise) {
      String text = config.getProperty(key, otherwise).strip();
      Matcher variable = VARIABLE.matcher(text);
      String value =
          variable.replaceAll(
              match -> {
                String set = environment.get(match.group(1));
                return Matcher.quoteReplacement(
                    set != null ? set : match.group(2) == null ? match.group() : match.group(2));
              });
      if (value.contains("{{")) {
        throw new SettingsException(
            "%s=%s is not understood here; {{env:NAME}} is, where the variable is set."
                .formatted(key, text));
      }
      return value;
    }
  }

  /**
   * @return what is wrong; empty when the service lives
   */
  private static String ask(URI address, Properties config, Path state) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    if (connection instanceof HttpsURLConnection secured) {
      trustOnly(
          state.resolve(config.getProperty("picsync.api.tls-certificate", "").strip()), secured);
    }
    try {
      int code = connection.getResponseCode();
      boolean api = address.getPath().endsWith("/api/health");
      InputStream body = code < 400 ? connection.getInputStream() : connection.getErrorStream();
      String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
      // readiness has its own reasons to say 503 at the API; that it speaks is what counts
      boolean lives = api ? !DEAD.matcher(text).find() : code == 200;
      return lives ? "" : code + " " + text.strip();
    } finally {
      connection.disconnect();
    }
  }

  /** Its own certificate, whatever name that is for: this machine is asked by its address. */
  private static void trustOnly(Path certificate, HttpsURLConnection connection)
      throws IOException {
    try {
      KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
      own.load(null, null);
      int number = 0;
      Matcher blocks =
          CERTIFICATE.matcher(Files.readString(certificate, StandardCharsets.US_ASCII));
      while (blocks.find()) { // a key may stand in the file too
        own.setCertificateEntry(
            "own-" + number++,
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(blocks.group().getBytes(StandardCharsets.US_ASCII))));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(own);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      connection.setSSLSocketFactory(tls.getSocketFactory());
      connection.setHostnameVerifier((host, session) -> true);
    } catch (GeneralSecurityException e) {
      throw new IOException("The certificate %s can't be used: %s".formatted(certificate, e), e);
    }
  }
}
