package io.picsync.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolverFactory;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Asks the API, and holds every answer against its OpenAPI document. Immutable; one for each login.
 */
public final class CheckedApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OpenApiInteractionValidator CONTRACT = contract();

  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> headers;

  public CheckedApi(URI address) {
    this(address, List.of());
  }

  private CheckedApi(URI address, List<String> headers) {
    this.address = address;
    this.headers = List.copyOf(headers);
  }

  private static OpenApiInteractionValidator contract() {
    try {
      return OpenApiInteractionValidator.createForInlineApiSpecification(
              Files.readString(Path.of("src/main/resources/io/picsync/api/openapi.yaml")))
          .withLevelResolver(LevelResolverFactory.withAdditionalPropertiesIgnored())
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With further headers, each a name and a value. */
  public CheckedApi with(String... more) {
    List<String> all = new ArrayList<>(headers);
    all.addAll(List.of(more));
    return new CheckedApi(address, all);
  }

  public CheckedApi as(String user, String password) {
    return with(
        "Authorization",
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }

  /** As picsync's own page and programs ask. */
  public CheckedApi changing() {
    return with("X-Picsync", "1", "Content-Type", "application/json");
  }

  /** An answer, which kept the contract. */
  public record Answer(HttpResponse<byte[]> whole) {
    public int status() {
      return whole.statusCode();
    }

    public byte[] body() {
      return whole.body();
    }

    public JsonNode json() {
      try {
        return JSON.readTree(body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public String text(String pointer) {
      return json().at(pointer).asText();
    }

    public String header(String name) {
      return whole.headers().firstValue(name).orElse("");
    }
  }

  public Answer get(String path) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  /** With status 200, as JSON. */
  public JsonNode json(String path) {
    Answer answer = get(path);
    assertThat(answer.status()).as("%s: %s", path, answer.json()).isEqualTo(200);
    return answer.json();
  }

  public Answer post(String path, String body) {
    return send("POST", path, HttpRequest.BodyPublishers.ofString(body));
  }

  private Answer send(String method, String path, HttpRequest.BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .method(method, body);
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    HttpResponse<byte[]> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path + ": " + e, e);
    }
    checkContract(method, path, response);
    return new Answer(response);
  }

  private void checkContract(String method, String path, HttpResponse<byte[]> response) {
    SimpleResponse.Builder told = SimpleResponse.Builder.status(response.statusCode());
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.isEmpty()) {
      told.withContentType(type);
    }
    if (response.body().length > 0) {
      boolean isText = !type.equals("application/gzip");
      told.withBody(isText ? new String(response.body(), StandardCharsets.UTF_8) : "(binary)");
    }
    ValidationReport report =
        CONTRACT.validateResponse(
            URI.create(path).getPath(), Request.Method.valueOf(method), told.build());
    List<ValidationReport.Message> faults =
        report.getMessages().stream()
            .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
            .filter(message -> !message.getKey().equals("validation.request.path.missing"))
            .toList();
    assertThat(faults).as("%s %s: %d %s", method, path, response.statusCode(), type).isEmpty();
  }
}
