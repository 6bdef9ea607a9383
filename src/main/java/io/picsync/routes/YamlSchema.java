package io.picsync.routes;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.picsync.routes.RouteRules.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.regex.Pattern;

/** The rule {@code schema}: Camel's own JSON schema for routes in YAML. Thread-safe. */
final class YamlSchema {
  private static final JsonSchema SCHEMA = read();

  private YamlSchema() {}

  private static JsonSchema read() {
    String name = "/schema/camelYamlDsl.json";
    SchemaValidatorsConfig lazily =
        SchemaValidatorsConfig.builder().preloadJsonSchema(false).build(); // else it takes 260 MB
    try (InputStream in = Objects.requireNonNull(YamlSchema.class.getResourceAsStream(name))) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(in, lazily);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void check(RouteFile file, Faults faults) {
    for (ValidationMessage message : SCHEMA.validate(file.root().node())) {
      String place = message.getInstanceLocation().toString();
      faults.fault(
          "schema",
          new RouteFile.Spot(file, pointer(message), "", file.root().node()),
          "Camel does not know this here: %s. Check the spelling and the indent."
              .formatted(
                  message.getMessage().replaceFirst("^" + Pattern.quote(place) + ":? ?", "")));
    }
  }

  /** That of the property which is too much, where one is. */
  private static String pointer(ValidationMessage message) {
    StringBuilder pointer = new StringBuilder();
    for (int index = 0; index < message.getInstanceLocation().getNameCount(); index++) {
      pointer.append('/').append(message.getInstanceLocation().getElement(index));
    }
    return message.getProperty() == null
        ? pointer.toString()
        : pointer + "/" + message.getProperty();
  }
}
