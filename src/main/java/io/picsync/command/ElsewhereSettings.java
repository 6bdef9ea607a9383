package io.picsync.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a configuration expects of the machine it is meant for and this one may lack: environment
 * variables, and files with keys and passwords. They can't be looked at here, and are no faults.
 */
final class ElsewhereSettings {
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\??env:([A-Za-z0-9_]+)\\}\\}");
  private static final Pattern FILE =
      Pattern.compile(
          "picsync\\.(server\\.[^.]+|api\\.[a-z]+)\\.(.*-file|tls-ca|private-key|known-hosts)");

  /** Long enough for all that want a password. */
  private static final String SECRET = "elsewhere";

  private static final String HOST_KEY = "SHA256:" + "A".repeat(43);

  private final Map<String, String> standIns = new TreeMap<>();

  /** What takes the place of a key that is left out, where it is not set itself. */
  private final Map<String, String> others = new TreeMap<>();

  private final List<String> notes = new ArrayList<>();

  private ElsewhereSettings() {}

  static ElsewhereSettings of(Properties properties, Map<String, String> environment) {
    ElsewhereSettings found = new ElsewhereSettings();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      found.look(key, properties.getProperty(key), environment);
    }
    found.others.keySet().removeAll(properties.stringPropertyNames());
    found.standIns.putAll(found.others);
    return found;
  }

  private void look(String key, String value, Map<String, String> environment) {
    if (!key.startsWith("picsync.")) {
      return;
    }
    Matcher variable = VARIABLE.matcher(value);
    while (variable.find()) {
      if (!environment.containsKey(variable.group(1))) {
        leaveOut(key, "the environment variable " + variable.group(1) + " is not set here");
        return;
      }
    }
    if (FILE.matcher(key).matches() && !value.contains("{{") && !Files.exists(Path.of(value))) {
      leaveOut(key, "there is no " + value + " here");
    }
  }

  private void leaveOut(String key, String why) {
    String prefix = key.substring(0, key.lastIndexOf('.') + 1);
    String option = key.substring(prefix.length());
    standIns.put(
        key,
        switch (option) {
          case "uri" -> "file:/picsync/" + key;
          case "password" -> SECRET;
          default -> "";
        });
    switch (option) {
      case "password-file", "private-key" -> others.put(prefix + "password", SECRET);
      case "known-hosts" -> others.put(prefix + "host-key", HOST_KEY);
      default -> {}
    }
    notes.add("%s is not looked at: %s.".formatted(key, why));
  }

  /** For the keys that are left out. */
  Map<String, String> standIns() {
    return standIns;
  }

  /** Each a sentence that names the key. */
  List<String> notes() {
    return notes;
  }
}
