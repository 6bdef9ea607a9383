package io.picsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.ServerConfig;
import io.picsync.archive.ServerKind;
import io.picsync.archive.file.FileServerKind;
import io.picsync.archive.ftp.FtpServerKind;
import io.picsync.archive.ftp.FtpsServerKind;
import io.picsync.archive.sftp.SftpServerKind;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import io.picsync.sync.SyncEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.UriParam;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tables of keys in docs/operators-guide.md are those that the code makes: its keys, its
 * defaults, its parameters, with the meanings that config/application.properties and the endpoint
 * give them. {@code mvn test -Dtest=KeyTableTest -Dpicsync.generate=true} writes them anew.
 */
final class KeyTableTest {
  private static final Path GUIDE = Path.of("docs/operators-guide.md");
  private static final Path CONFIGURATION = Path.of("config/application.properties");
  private static final Pattern KEY = Pattern.compile("#?(picsync\\.[\\w.-]+)=(.*)");
  private static final String SERVER = "picsync\\.server\\.\\w+\\.";

  private final DefaultCamelContext context = new DefaultCamelContext(false);
  private final Path state;

  KeyTableTest(@TempDir Path temporary) {
    state = temporary;
  }

  @BeforeEach
  void build() {
    context.disableJMX();
    context.build();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  /** Each key of the shipped configuration, a server's without its name, with what stands above. */
  private static Map<String, String> meanings() throws IOException {
    Map<String, String> meanings = new LinkedHashMap<>();
    List<String> comment = new ArrayList<>();
    for (String line : Files.readAllLines(CONFIGURATION)) {
      Matcher key = KEY.matcher(line);
      if (key.matches()) {
        String name = key.group(1).replaceFirst("^" + SERVER, ".");
        assertThat(comment).as("above %s in %s", name, CONFIGURATION).isNotEmpty();
        assertThat(meanings.put(name, String.join(" ", comment))).as("%s twice", name).isNull();
        comment.clear();
      } else if (line.startsWith("# ") && !line.startsWith("# ---")) {
        comment.add(line.substring(2).strip());
      } else {
        comment.clear();
      }
    }
    return meanings;
  }

  private List<ServerKind> kinds() {
    return List.of(
        new FileServerKind(),
        new FtpServerKind(context),
        new FtpsServerKind(context),
        new SftpServerKind());
  }

  /** Every key that the code reads, with the value that counts where it is not set. */
  private Map<String, String> defaults() {
    Map<String, String> servers =
        Map.of(
            "a.uri", "file:/srv",
            "b.uri", "ftp://host",
            "c.uri", "ftps://host",
            "d.uri", "sftp://host",
            "d.username", "camera",
            "d.password", "secret",
            "d.host-key", "unverified");
    servers.forEach(
        (key, value) ->
            context.getPropertiesComponent().addOverrideProperty("picsync.server." + key, value));
    new PicsyncRuntime(state, Clock.systemUTC()).bind(context);
    Settings settings = context.getRegistry().lookupByNameAndType("settings", Settings.class);
    Map<String, String> defaults = new LinkedHashMap<>();
    settings
        .defaults()
        .forEach((key, value) -> defaults.putIfAbsent(key.replaceFirst("^" + SERVER, "."), value));
    return defaults;
  }

  /** The value of the shipped configuration, where every key that is set has its default. */
  private static String shipped(String key) {
    try (var in = Files.newInputStream(CONFIGURATION)) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty(key, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String code(String text) {
    return text.isEmpty() ? "–" : "`" + text + "`";
  }

  @Test
  void keys() throws IOException {
    Map<String, String> meanings = meanings();
    Map<String, String> defaults = defaults();
    StringBuilder table =
        new StringBuilder(
            row("key", "meaning", "default", "an edit counts") + "|---|---|---|---|\n");
    Set<String> told = new TreeSet<>();
    meanings.forEach(
        (key, meaning) -> {
          if (!key.startsWith(".")) {
            told.add(key);
            table.append(
                row(
                    code(key),
                    meaning,
                    code(defaults.getOrDefault(key, shipped(key))),
                    LiveSettings.isLive(key) ? "at once" : "from the next start on"));
          }
        });
    assertThat(told).as("keys in %s", CONFIGURATION).isEqualTo(new TreeSet<>(RuntimeKeys.all()));
    check("keys", table.toString());
  }

  @Test
  void keysOfAServer() throws IOException {
    Map<String, String> meanings = meanings();
    Map<String, String> defaults = defaults();
    StringBuilder table =
        new StringBuilder(
            row("`picsync.server.NAME`", "of", "meaning", "default") + "|---|---|---|---|\n");
    Set<String> told = new TreeSet<>();
    Set<String> known = new TreeSet<>(Set.of(".uri"));
    kinds().forEach(kind -> kind.keys().forEach(key -> known.add("." + key)));
    meanings.forEach(
        (key, meaning) -> {
          if (key.startsWith(".")) {
            told.add(key);
            table.append(
                row(
                    code(key),
                    of(key.substring(1)),
                    meaning,
                    code(defaults.getOrDefault(key, ""))));
          }
        });
    assertThat(told).as("a server's keys in %s", CONFIGURATION).isEqualTo(known);
    check("keys of a server", table.toString());
  }

  private String of(String key) {
    List<String> schemes = new ArrayList<>();
    for (ServerKind kind : kinds()) {
      if (key.equals("uri") || kind.keys().contains(key)) {
        schemes.addAll(kind.schemes());
      }
    }
    return schemes.size() == 4 ? "all" : String.join(", ", schemes);
  }

  @Test
  void optionsInAServersUri() throws IOException {
    StringBuilder table = new StringBuilder(row("URI", "options") + "|---|---|\n");
    Pattern options = Pattern.compile("The options are (.*)\\.$");
    for (ServerKind kind : kinds()) {
      for (String scheme : kind.schemes()) {
        String uri = scheme.equals("file") ? "file:/srv/pictures" : scheme + "://host:port/folder";
        String words = "none";
        try {
          kind.validate(
              new ServerConfig(
                  "x", URI.create(uri.replace(":port", "") + "?nope=1"), new Settings(Map.of())));
        } catch (SettingsException e) {
          Matcher matcher = options.matcher(String.valueOf(e.getMessage()));
          words = matcher.find() ? matcher.group(1) : words;
        }
        table.append(
            row(
                code(uri),
                words
                    .replaceAll("[\\[\\]]", "")
                    .replaceAll("([\\w.]+\\*?)(?=, | and |$)", "`$1`")));
      }
    }
    check("options", table.toString());
  }

  @Test
  void parametersOfASync() throws IOException {
    StringBuilder table =
        new StringBuilder(row("parameter", "meaning", "default") + "|---|---|---|\n");
    for (Field field : SyncEndpoint.class.getDeclaredFields()) {
      UriParam parameter = field.getAnnotation(UriParam.class);
      if (parameter != null) {
        String otherwise = parameter.defaultValue();
        boolean flag = otherwise.isEmpty() && field.getType() == boolean.class;
        table.append(
            row(code(field.getName()), parameter.description(), code(flag ? "false" : otherwise)));
      }
    }
    check("parameters", table.toString());
  }

  private static void check(String name, String table) throws IOException {
    String begin = "<!-- " + name + ": made by KeyTableTest -->\n";
    String page = Files.readString(GUIDE);
    int from = page.indexOf(begin);
    assertThat(from).as("'%s' in %s", begin.strip(), GUIDE).isNotNegative();
    int to = page.indexOf("<!-- end -->", from);
    String made = page.substring(0, from + begin.length()) + table + page.substring(to);
    if (Boolean.getBoolean("picsync.generate")) {
      Files.writeString(GUIDE, made);
    }
    assertThat(page).isEqualTo(made);
  }
}
