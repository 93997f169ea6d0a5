package io.dimat.dl4j.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dimat.interchange.ModelFileException;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamSlice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** Damaged and malicious files: one line that says why, no other exception, no class loaded. */
final class HostileModelTest {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final String CLASS_KEY = "@class";
  private static final String GADGET = "io.dimat.dl4j.zip.HostileModelTest$Gadget";
  private static final int MAX_MESSAGE = 800;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static boolean gadgetLoaded;

  @TempDir private static Path folder;
  private static byte[] graph;
  private static byte[] multiLayer;
  private static byte[] separable;

  /** What a program that looks up classes named by a file would set off. */
  static final class Gadget {
    static {
      gadgetLoaded = true;
    }
  }

  @BeforeAll
  static void save() throws IOException {
    ComputationGraph residual = UserNetworks.residual(DataType.FLOAT);
    graph = Files.readAllBytes(UserNetworks.save(residual, folder.resolve("graph.zip")));
    residual.close();
    MultiLayerNetwork leNet = UserNetworks.leNet(DataType.FLOAT);
    multiLayer = Files.readAllBytes(UserNetworks.save(leNet, folder.resolve("list.zip")));
    leNet.close();
    ComputationGraph grouped =
        UserNetworks.around(
            new SeparableConvolution2D.Builder(3, 3)
                .depthMultiplier(2)
                .nOut(4)
                .activation(Activation.RELU)
                .build());
    separable = Files.readAllBytes(UserNetworks.save(grouped, folder.resolve("separable.zip")));
    grouped.close();
  }

  @Test
  void read_cutOffAnywhere_isRefused() throws IOException {
    for (int length = 0; length < graph.length; length += 1 + graph.length / 400) {
      assertThat(problem(Arrays.copyOf(graph, length))).as("%d bytes", length).isPresent();
    }
    assertThat(problem(graph)).isEmpty();
  }

  @Test
  void read_flippedBits_neverThrowsAnythingElse() throws IOException {
    UniformRandomProvider random = random(1);
    int refused = 0;
    for (int trial = 0; trial < 400; trial++) {
      byte[] bytes = graph.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      refused += problem(bytes).isPresent() ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(50);
  }

  @Test
  void read_oddConfigurations_neverThrowsAnythingElse() throws IOException {
    UniformRandomProvider random = random(2);
    int refused = 0;
    for (int trial = 0; trial < 800; trial++) {
      boolean list = trial % 2 == 0;
      Map<String, byte[]> entries = entries(list ? multiLayer : graph);
      Optional<Shape> input = list ? Optional.empty() : Optional.of(UserNetworks.IMAGE);
      JsonNode root = JSON.readTree(entries.get(CONFIGURATION));
      mutate(root, random);
      entries.put(CONFIGURATION, JSON.writeValueAsBytes(root));
      refused += problem(zip(entries), input).isPresent() ? 1 : 0;
    }
    assertThat(refused).isBetween(200, 780);
  }

  @Test
  void read_oddSeparableConvolutions_neverThrowsAnythingElse() throws IOException {
    UniformRandomProvider random = random(4);
    Map<String, byte[]> entries = entries(separable);
    byte[] configuration = entries.get(CONFIGURATION);
    assertThat(problem(zip(entries))).isEmpty();
    int refused = 0;
    for (int trial = 0; trial < 400; trial++) {
      JsonNode root = JSON.readTree(configuration);
      mutate(layer(root), random);
      entries.put(CONFIGURATION, JSON.writeValueAsBytes(root));
      refused += problem(zip(entries)).isPresent() ? 1 : 0;
    }
    assertThat(refused).isBetween(100, 390);
  }

  @Test
  void read_depthwiseConvolutionWithOtherOutputs_isRefusedByName() throws IOException {
    Map<String, byte[]> entries = entries(separable);
    JsonNode root = JSON.readTree(entries.get(CONFIGURATION));
    String type = "org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D";
    layer(root).put(CLASS_KEY, type).put("nout", 5);
    entries.put(CONFIGURATION, JSON.writeValueAsBytes(root));
    assertThat(problem(zip(entries)))
        .contains("vertex odd: nout must be 6, which is nin x depthMultiplier, got 5");
    layer(root).put("nout", 16_777_216).put("depthMultiplier", 16_777_216);
    entries.put(CONFIGURATION, JSON.writeValueAsBytes(root));
    assertThat(problem(zip(entries)).orElseThrow()).contains("nout must be 50331648");
  }

  private static ObjectNode layer(JsonNode root) {
    return (ObjectNode) root.at("/vertices/odd/layerConf/layer");
  }

  /** Replaces or removes one random node by something that should not be there. */
  private static void mutate(JsonNode root, UniformRandomProvider random) throws IOException {
    String[] odd = {
      "null", "-1", "0", "1", "7", "16777216", "2147483647", "99999999999999999999", "1e400",
      "-0.5", "true", "\"\"", "\"x\"", "\"in\\n\\u2028y\"", "[]", "{}", "[1,2]", "[[[]]]",
      "[16777216,16777216]", "{\"@class\":\"" + GADGET + "\"}", "{\"@class\":3}"
    };
    List<JsonNode> parents = new ArrayList<>();
    collect(root, parents);
    JsonNode parent = parents.get(random.nextInt(parents.size()));
    JsonNode value = JSON.readTree(odd[random.nextInt(odd.length)]);
    if (parent instanceof ArrayNode array) {
      array.set(random.nextInt(array.size()), value);
    } else if (parent instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(4) == 0) {
        object.remove(name);
      } else {
        object.set(name, value);
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> parents) {
    if (node.isContainerNode() && !node.isEmpty()) {
      parents.add(node);
      node.forEach(child -> collect(child, parents));
    }
  }

  @Test
  void read_oddHeadersOfCoefficients_neverThrowsAnythingElse() throws IOException {
    UniformRandomProvider random = random(3);
    for (int trial = 0; trial < 400; trial++) {
      Map<String, byte[]> entries = entries(graph);
      byte[] bytes = entries.get(COEFFICIENTS);
      bytes[random.nextInt(120)] = (byte) random.nextInt();
      problem(zip(entries));
    }
    Map<String, byte[]> entries = entries(graph);
    for (int length = 0; length < 200; length++) {
      entries.put(COEFFICIENTS, Arrays.copyOf(entries(graph).get(COEFFICIENTS), length));
      assertThat(problem(zip(entries))).as("%d bytes", length).isPresent();
    }
  }

  @Test
  void read_otherNumberOfCoefficients_isRefused() throws IOException {
    Map<String, byte[]> entries = entries(graph);
    entries.put(COEFFICIENTS, entries(multiLayer).get(COEFFICIENTS));
    assertThat(problem(zip(entries)).orElseThrow()).contains("must have at most");
    byte[] own = entries(graph).get(COEFFICIENTS);
    entries.put(COEFFICIENTS, Arrays.copyOf(own, own.length - 4));
    assertThat(problem(zip(entries)).orElseThrow()).contains("ends after fewer");
    entries.put(COEFFICIENTS, Arrays.copyOf(own, own.length + 4));
    assertThat(problem(zip(entries)).orElseThrow()).contains("there is more");
    entries = entries(multiLayer);
    entries.put(COEFFICIENTS, own);
    assertThat(problem(zip(entries), Optional.empty()).orElseThrow())
        .contains("one vector of the configuration's");
    entries.remove(COEFFICIENTS);
    assertThat(problem(zip(entries), Optional.empty()).orElseThrow())
        .contains("must have an entry coefficients.bin");
  }

  @Test
  void read_coefficientThatIsNoNumber_isRefused() throws IOException {
    Map<String, byte[]> entries = entries(graph);
    byte[] bytes = entries.get(COEFFICIENTS);
    ByteBuffer.wrap(bytes).putFloat(bytes.length - 4, Float.NaN);
    assertThat(problem(zip(entries)).orElseThrow()).contains("must be finite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "\\x", "..\\x", "C:\\x", "..", "//x"})
  void read_entryOutsideOfTheArchive_isRefused(String name) throws IOException {
    Map<String, byte[]> entries = entries(graph);
    entries.put(name, new byte[3]);
    assertThat(problem(zip(entries)).orElseThrow()).contains("must stay inside the archive");
  }

  @Test
  void read_unknownEntries_areNotLookedAt() throws IOException {
    Map<String, byte[]> entries = entries(graph);
    entries.put("preprocessor.bin", new byte[] {(byte) 0xac, (byte) 0xed, 0, 5});
    entries.put("objects/..name", new byte[3]);
    assertThat(problem(zip(entries))).isEmpty();
  }

  @Test
  void read_bombs_areRefused() throws IOException {
    Map<String, byte[]> entries = entries(graph);
    byte[] spaces = new byte[16 << 20];
    Arrays.fill(spaces, (byte) ' ');
    entries.put(CONFIGURATION, spaces);
    assertThat(problem(zip(entries)).orElseThrow()).contains("must have at most 8388608 bytes");
    assertThat(problem(withDeclaredSize(zip(entries), CONFIGURATION, 100))).isPresent();
    entries = entries(graph);
    entries.put("updaterState.bin", spaces);
    assertThat(problem(zip(entries))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {CONFIGURATION, COEFFICIENTS})
  void read_hugeDeclaredSize_isRefused(String name) throws IOException {
    byte[] bytes = withDeclaredSize(zip(entries(graph)), name, 0x7ffffff0);
    assertThat(problem(bytes).orElseThrow()).contains(name + " must have at most");
  }

  /** Overwrites the size that the central directory gives for an entry. */
  private static byte[] withDeclaredSize(byte[] zip, String name, int size) {
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 46 + wanted.length <= zip.length; at++) {
      boolean header = buffer.getInt(at) == 0x02014b50;
      if (header
          && Arrays.equals(zip, at + 46, at + 46 + wanted.length, wanted, 0, wanted.length)) {
        buffer.putInt(at + 24, size);
        return zip;
      }
    }
    throw new AssertionError("no entry " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "nothing", "3", "[]", "{}", "{\"vertices\":{},\"vertices\":{}}"})
  void read_configurationThatIsNone_isRefused(String text) throws IOException {
    assertThat(problem(configured(text))).isPresent();
    assertThat(problem(configured("[".repeat(5000)))).isPresent();
  }

  private static byte[] configured(String text) throws IOException {
    Map<String, byte[]> entries = entries(graph);
    entries.put(CONFIGURATION, text.getBytes(StandardCharsets.UTF_8));
    return zip(entries);
  }

  @Test
  void read_classNamesOfAFile_areNeverLookedUp() throws IOException {
    for (byte[] model : List.of(graph, multiLayer)) {
      JsonNode plain = JSON.readTree(entries(model).get(CONFIGURATION));
      int places = plain.findParents(CLASS_KEY).size();
      int refused = 0;
      for (int place = 0; place < places; place++) {
        JsonNode root = plain.deepCopy();
        ((ObjectNode) root.findParents(CLASS_KEY).get(place)).put(CLASS_KEY, GADGET);
        Map<String, byte[]> entries = entries(model);
        entries.put(CONFIGURATION, JSON.writeValueAsBytes(root));
        Optional<Shape> input = model == graph ? Optional.of(UserNetworks.IMAGE) : Optional.empty();
        refused +=
            problem(zip(entries), input).filter(p -> p.contains("Gadget")).isPresent() ? 1 : 0;
      }
      assertThat(refused).isPositive();
    }
    assertThat(gadgetLoaded).isFalse();
  }

  @Test
  void read_verticesDefinedBackwards_hasTheSameParameters() throws IOException {
    Map<String, byte[]> entries = entries(graph);
    ObjectNode root = (ObjectNode) JSON.readTree(entries.get(CONFIGURATION));
    ObjectNode vertices = (ObjectNode) root.get("vertices");
    List<String> names = new ArrayList<>();
    vertices.fieldNames().forEachRemaining(name -> names.add(0, name));
    ObjectNode backwards = root.putObject("vertices");
    names.forEach(name -> backwards.set(name, vertices.get(name)));
    entries.put(CONFIGURATION, JSON.writeValueAsBytes(root));
    Path file = Files.write(folder.resolve("backwards.zip"), zip(entries));
    StoredModel read = StoredModel.read(file, Optional.of(UserNetworks.IMAGE));
    StoredModel plain =
        StoredModel.read(folder.resolve("graph.zip"), Optional.of(UserNetworks.IMAGE));
    assertThat(read.network().layers())
        .containsExactlyInAnyOrderElementsOf(plain.network().layers());
    for (ParamSlice slice : plain.params().layout().slices()) {
      assertThat(read.params().slice(slice.name())).isEqualTo(plain.params().slice(slice.name()));
    }
  }

  @Test
  void read_channelsLast_isRefusedByName() throws IOException {
    String text = new String(entries(graph).get(CONFIGURATION), StandardCharsets.UTF_8);
    String message = problem(configured(text.replace("\"NCHW\"", "\"NHWC\""))).orElseThrow();
    assertThat(message).isEqualTo("vertex z: cnn2dDataFormat must be NCHW, got \"NHWC\"");
  }

  /** The one line that the reader answers with, empty if it reads the file. */
  private static Optional<String> problem(byte[] bytes) throws IOException {
    return problem(bytes, Optional.of(UserNetworks.IMAGE));
  }

  private static Optional<String> problem(byte[] bytes, Optional<Shape> input) throws IOException {
    Path file = folder.resolve("hostile.zip");
    Files.write(file, bytes);
    Throwable thrown = catchThrowable(() -> StoredModel.read(file, input));
    if (thrown == null) {
      return Optional.empty();
    }
    assertThat(thrown).isExactlyInstanceOf(ModelFileException.class);
    assertThat(thrown.getMessage()).hasSizeLessThan(MAX_MESSAGE).doesNotContainPattern("\\R");
    return Optional.of(thrown.getMessage());
  }

  private static UniformRandomProvider random(long seed) {
    return RandomSource.XO_SHI_RO_256_PP.create(seed);
  }

  private static Map<String, byte[]> entries(byte[] zip) throws IOException {
    Path file = folder.resolve("whole.zip");
    Files.write(file, zip);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile opened = new ZipFile(file.toFile())) {
      for (String name : List.of(CONFIGURATION, COEFFICIENTS)) {
        entries.put(name, opened.getInputStream(opened.getEntry(name)).readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
