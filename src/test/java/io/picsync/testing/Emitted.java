package io.picsync.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.tools.attach.VirtualMachine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Everything that a running picsync shows to others, as text, by the place where it stands. */
public final class Emitted {
  private static final List<String> JCMD =
      List.of(
          "VM.command_line",
          "VM.system_properties",
          "VM.flags",
          "VM.info",
          "VM.log list",
          "Thread.print -l",
          "GC.class_histogram");

  /** What operators and dashboards call to look, and what changes nothing. */
  private static final String LOOKS = "(dump|get|list|explain|browse|show|is).*";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> texts = new TreeMap<>();

  public Map<String, String> texts() {
    return texts;
  }

  public void add(String place, String text) {
    texts.put(place, text);
  }

  /** The process list's view of it, and that of the JDK's tools. */
  public void addProcess(long pid) throws IOException, InterruptedException {
    for (String file : List.of("cmdline", "comm", "status", "maps")) {
      add("/proc/PID/" + file, Files.readString(Path.of("/proc/" + pid + "/" + file), ISO_8859_1));
    }
    for (Path thread : children(Path.of("/proc/" + pid + "/task"))) {
      try {
        add("thread " + thread, Files.readString(thread.resolve("comm"), ISO_8859_1));
      } catch (IOException e) {
        add("thread " + thread, "ended meanwhile");
      }
    }
    for (String command : JCMD) {
      List<String> words = new ArrayList<>(List.of(jcmd(), Long.toString(pid)));
      words.addAll(Arrays.asList(command.split(" ")));
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      add("jcmd " + command, new String(process.getInputStream().readAllBytes(), UTF_8));
      if (process.waitFor() != 0) {
        throw new AssertionError("jcmd " + command + ": " + texts.get("jcmd " + command));
      }
    }
  }

  private static String jcmd() {
    return Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  /** All files below a folder; what is compressed is read through. */
  public void addFiles(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".gz")) {
          try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            bytes = in.readAllBytes();
          }
        }
        add("file " + file, file + "\n" + new String(bytes, UTF_8));
      }
    }
  }

  /**
   * What the paths of an HTTP server answer to GET, headers included; whatever the status.
   *
   * @param login {@code user:password}, empty for none
   */
  public void addHttp(URI base, String login, Collection<String> paths) throws Exception {
    for (String path : paths) {
      addHttp("GET", base, login, path, "");
    }
  }

  /** The same for one path, another method, and a body in JSON. */
  public void addHttp(String method, URI base, String login, String path, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .header("X-Picsync", "1")
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!login.isEmpty()) {
      String coded = Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
      request.header("Authorization", "Basic " + coded);
    }
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    byte[] told = response.body();
    if (told.length > 2 && told[0] == 0x1f && told[1] == (byte) 0x8b) {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(told))) {
        told = in.readAllBytes();
      }
    }
    add(
        "HTTP %s%s %s%s"
            .formatted(login.isEmpty() ? "" : login.split(":")[0] + " ", method, base, path),
        response.statusCode() + " " + response.headers().map() + "\n" + new String(told, UTF_8));
  }

  /** All attributes of all MBeans, and what their operations without a parameter show. */
  @SuppressWarnings("BanJNDI") // the address is that of a process of this test
  public void addJmx(long pid) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
    try (JMXConnector connector =
        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      for (ObjectName name : server.queryNames(null, null)) {
        addBean(server, name);
      }
    } finally {
      machine.detach();
    }
  }

  private void addBean(MBeanServerConnection server, ObjectName name) throws Exception {
    MBeanInfo info = server.getMBeanInfo(name);
    Set<String> left =
        Arrays.stream(info.getAttributes())
            .map(MBeanFeatureInfo::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    for (Attribute told : server.getAttributes(name, left.toArray(String[]::new)).asList()) {
      String place = "JMX " + name + " " + told.getName();
      add(place, place + " = " + text(told.getValue()));
      left.remove(told.getName());
    }
    for (String attribute : left) { // those that fail, with their words
      String place = "JMX " + name + " " + attribute;
      try {
        add(place, place + " = " + text(server.getAttribute(name, attribute)));
      } catch (JMException | RuntimeException e) {
        add(place, place + " = " + e);
      }
    }
    boolean camels = name.getDomain().startsWith("org.apache.camel");
    for (MBeanOperationInfo operation : info.getOperations()) {
      if (camels && operation.getSignature().length == 0 && operation.getName().matches(LOOKS)) {
        String place = "JMX " + name + " " + operation.getName() + "()";
        try {
          Object told = server.invoke(name, operation.getName(), new Object[0], new String[0]);
          add(place, place + " = " + text(told));
        } catch (JMException | RuntimeException e) {
          add(place, place + " = " + e);
        }
      }
    }
  }

  private static String text(Object value) {
    if (value instanceof Object[] array) {
      return Arrays.deepToString(array);
    }
    return String.valueOf(value);
  }
}
