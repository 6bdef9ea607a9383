package io.picsync.command;

import io.picsync.settings.Placeholders;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;

/** Where settings come from: Camel's properties, whose placeholders are resolved. */
final class SettingsSource {
  private SettingsSource() {}

  /**
   * @param given settings that are taken letter by letter, in the place of those of the context
   * @throws SettingsException when a placeholder can't be resolved
   */
  static Settings of(CamelContext context, Map<String, String> given) {
    PropertiesComponent properties = context.getPropertiesComponent();
    Map<String, String> values = new TreeMap<>();
    Properties found = properties.loadProperties(key -> key.startsWith("picsync."));
    for (String key : found.stringPropertyNames()) {
      if (!given.containsKey(key)) {
        values.put(key, resolve(context, key, found.getProperty(key)));
      }
    }
    values.putAll(given);
    return new Settings(values);
  }

  /**
   * Those of a file as a start would read them now, beside a picsync that goes on with others.
   *
   * @throws SettingsException when a placeholder can't be resolved
   */
  static Settings of(Path config) {
    DefaultCamelContext context = new DefaultCamelContext(false);
    try {
      context.disableJMX();
      CamelMain.readInUtf8(context);
      context.getPropertiesComponent().setLocation("file:" + config);
      context.build();
      Vaults.configure(context);
      return of(context, Map.of());
    } finally {
      context.stop();
    }
  }

  private static String resolve(CamelContext context, String key, String value) {
    try {
      return context.resolvePropertyPlaceholders(value);
    } catch (IllegalArgumentException e) {
      String words = String.valueOf(e.getMessage());
      String why = Placeholders.why(words);
      // Camel's own words would hold the value, which may be a password in part
      throw new SettingsException(
          "%s can't be resolved: %s"
              .formatted(key, why == null ? "a placeholder in it is not understood." : why),
          e);
    }
  }
}
