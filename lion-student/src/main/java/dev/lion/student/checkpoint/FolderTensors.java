package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A folder's tensors, whether they lie in one file or in the shards of an index.
 *
 * @param folder where they lie
 * @param files the file that holds each tensor, by the tensor's name
 */
record FolderTensors(Path folder, Map<String, SafetensorsFile> files) implements TensorSource {
    static final String SINGLE = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    /** Stored beside the weights by older writers, and derived from the configuration. */
    private static final Pattern DERIVED_BUFFER = Pattern.compile(".*\\.rotary_emb\\.inv_freq");

    static FolderTensors read(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve(SINGLE))) {
            return new FolderTensors(folder, new ShardIndex(folder.resolve(INDEX)).read());
        }
        return of(SafetensorsFile.open(folder.resolve(SINGLE)));
    }

    /** All tensors of a file, which lies in a folder. */
    static FolderTensors of(SafetensorsFile file) {
        var files = new LinkedHashMap<String, SafetensorsFile>();
        file.shapes().keySet().forEach(name -> files.put(name, file));
        return new FolderTensors(file.path().resolveSibling(""), files);
    }

    /** Writes one file, or shards with an index when one file would be larger than {@code format} allows. */
    static void write(Path folder, Map<String, List<Long>> shapes, CheckpointFormat format, TensorSource values)
            throws IOException {
        List<Map<String, List<Long>>> shards = shards(shapes, format);
        if (shards.size() == 1) {
            SafetensorsFile.write(folder.resolve(SINGLE), shapes, format.type(), values);
            return;
        }
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        index.putObject("metadata")
                .put(
                        "total_size",
                        shapes.values().stream()
                                .mapToLong(shape -> SafetensorsWriter.bytes(shape, format.type()))
                                .sum());
        ObjectNode map = index.putObject(ShardIndex.WEIGHT_MAP);
        for (int i = 0; i < shards.size(); i++) {
            String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
            SafetensorsFile.write(folder.resolve(name), shards.get(i), format.type(), values);
            shards.get(i).keySet().forEach(tensor -> map.put(tensor, name));
        }
        JsonFile.write(folder.resolve(INDEX), index);
    }

    /** In order, each as full as it may be; a tensor beyond the limit gets a shard of its own. */
    private static List<Map<String, List<Long>>> shards(Map<String, List<Long>> shapes, CheckpointFormat format) {
        var shards = new ArrayList<Map<String, List<Long>>>();
        long room = 0;
        for (var tensor : shapes.entrySet()) {
            long bytes = SafetensorsWriter.bytes(tensor.getValue(), format.type());
            if (shards.isEmpty() || bytes > room) {
                shards.add(new LinkedHashMap<>());
                room = format.maxShardBytes();
            }
            shards.get(shards.size() - 1).put(tensor.getKey(), tensor.getValue());
            room -= bytes;
        }
        return shards;
    }

    /** What keeps these tensors from being the expected ones: missing, of another shape or type, or not expected. */
    List<String> faults(Map<String, List<Long>> expected) {
        var faults = new ArrayList<String>();
        expected.forEach((name, shape) -> fault(name, shape).ifPresent(faults::add));
        files.forEach((name, file) -> {
            if (!expected.containsKey(name) && !isIgnored(name)) {
                faults.add(name + " of shape " + file.shapes().get(name) + " is unexpected");
            }
        });
        return faults;
    }

    private Optional<String> fault(String name, List<Long> shape) {
        SafetensorsFile file = files.get(name);
        if (file == null) {
            return Optional.of(name + " is missing, expected " + shape);
        }
        List<Long> found = file.shapes().get(name);
        return shape.equals(found)
                ? file.typeFault(name)
                : Optional.of(name + " has shape " + found + ", expected " + shape);
    }

    /** A second copy of tied embeddings, or what a writer derived from the configuration. */
    static boolean isIgnored(String name) {
        return name.equals("lm_head.weight") || DERIVED_BUFFER.matcher(name).matches();
    }

    @Override
    public void read(String name, Consumer<FloatBuffer> chunks) throws IOException {
        SafetensorsFile file = files.get(name);
        if (file == null) {
            throw new CheckpointException(folder + ": there is no tensor " + name);
        }
        file.read(name, chunks);
    }
}
