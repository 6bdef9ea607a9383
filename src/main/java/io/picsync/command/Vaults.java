package io.picsync.command;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.vault.VaultConfiguration;

/**
 * The vaults of {@code camel.vault.NAME.*}, made known before the settings are read: Camel's main
 * does so only afterwards, when a password such as {@code {{aws:old-server#password}}} could not be
 * asked for any more. What it doesn't know is left to main, which refuses it.
 */
final class Vaults {
  private static final String PREFIX = "camel.vault.";

  /** As Camel's main names them. */
  private static final Map<String, Function<VaultConfiguration, Object>> KINDS =
      Map.of(
          "aws", VaultConfiguration::aws,
          "gcp", VaultConfiguration::gcp,
          "azure", VaultConfiguration::azure,
          "hashicorp", VaultConfiguration::hashicorp,
          "kubernetes", VaultConfiguration::kubernetes,
          "kubernetescm", VaultConfiguration::kubernetesConfigmaps,
          "springConfig", VaultConfiguration::springConfig,
          "ibm", VaultConfiguration::ibmSecretsManager,
          "cyberark", VaultConfiguration::cyberark);

  private Vaults() {}

  static void configure(CamelContext context) {
    Properties found =
        context.getPropertiesComponent().loadProperties(key -> key.startsWith(PREFIX));
    Map<String, Map<String, Object>> vaults = new LinkedHashMap<>();
    for (String key : found.stringPropertyNames()) {
      String rest = key.substring(PREFIX.length());
      int dot = rest.indexOf('.');
      if (dot > 0) {
        vaults
            .computeIfAbsent(rest.substring(0, dot), name -> new HashMap<>())
            .put(
                rest.substring(dot + 1),
                context.resolvePropertyPlaceholders(found.getProperty(key)));
      }
    }
    vaults.forEach(
        (name, options) -> {
          Function<VaultConfiguration, Object> kind = KINDS.get(name);
          if (kind != null) {
            PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(kind.apply(context.getVaultConfiguration()))
                .withProperties(options)
                .withIgnoreCase(true)
                .bind();
          }
        });
  }
}
