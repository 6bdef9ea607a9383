package io.picsync.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in an operator's words why Camel can't resolve a placeholder. */
public final class Placeholders {
  private static final Pattern UNRESOLVED =
      Pattern.compile("Property with key \\[([^\\]]*)\\] (?:not found|using function \\[env\\]).*");

  private Placeholders() {}

  /** For Camel's words about a placeholder that it can't resolve; null for other words. */
  public static @Nullable String why(String message) {
    Matcher missing = UNRESOLVED.matcher(message);
    if (!missing.lookingAt()) {
      return null;
    }
    String key = missing.group(1);
    return key.startsWith("env:")
        ? "the environment variable %s is not set.".formatted(key.substring("env:".length()))
        : "{{%s}} is not set. Set it in config/application.properties.".formatted(key);
  }
}
