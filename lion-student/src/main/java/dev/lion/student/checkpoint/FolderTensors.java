package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder's tensors, whether they lie in one file or in the shards of an index.
 *
 * @param folder where they lie
 * @param files the file that holds each tensor, by the tensor's name
 * @param shapes every tensor's shape, by its name
 */
record FolderTensors(Path folder, Map<String, SafetensorsFile> files, Map<String, List<Long>> shapes)
        implements TensorSource {
    static final String SINGLE = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    static FolderTensors read(Path folder) throws IOException {
        if (Files.exists(folder.resolve(SINGLE))) {
            var file = SafetensorsFile.read(folder.resolve(SINGLE));
            var files = new LinkedHashMap<String, SafetensorsFile>();
            file.shapes().keySet().forEach(name -> files.put(name, file));
            return new FolderTensors(folder, files, file.shapes());
        }
        return readShards(folder);
    }

    private static FolderTensors readShards(Path folder) throws IOException {
        Path index = folder.resolve(INDEX);
        JsonNode map = JsonFile.read(index).path("weight_map");
        if (!map.isObject()) {
            throw new CheckpointException(index + ": there is no weight_map from tensors to files");
        }
        var faults = new ArrayList<String>();
        var shards = new LinkedHashMap<String, SafetensorsFile>();
        var files = new LinkedHashMap<String, SafetensorsFile>();
        var shapes = new LinkedHashMap<String, List<Long>>();
        for (var tensor : map.properties()) {
            String name = tensor.getValue().asText();
            if (!shards.containsKey(name) && isShard(index, name, tensor.getKey(), faults)) {
                shards.put(name, SafetensorsFile.read(index.resolveSibling(name)));
            }
            SafetensorsFile shard = shards.get(name);
            List<Long> shape = shard == null ? null : shard.shapes().get(tensor.getKey());
            if (shard != null && shape != null) {
                files.put(tensor.getKey(), shard);
                shapes.put(tensor.getKey(), shape);
            } else if (shard != null) {
                faults.add("tensor " + tensor.getKey() + " is not in " + name);
            }
        }
        if (!faults.isEmpty()) {
            throw CheckpointException.ofFaults(index, "the index does not fit its shards", faults);
        }
        return new FolderTensors(folder, files, shapes);
    }

    /** A shard lies beside its index; a name that leads elsewhere is not followed. */
    private static boolean isShard(Path index, String name, String tensor, List<String> faults) {
        if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.equals("..")) {
            faults.add("tensor " + tensor + " is said to be in '" + name + "', not a file of this folder");
            return false;
        }
        if (!Files.isRegularFile(index.resolveSibling(name))) {
            faults.add("tensor " + tensor + " is said to be in " + name + ", and there is no such file");
            return false;
        }
        return true;
    }

    @Override
    public FloatBuffer floats(String name) throws IOException {
        SafetensorsFile file = files.get(name);
        if (file == null) {
            throw new CheckpointException(folder + ": there is no tensor " + name);
        }
        return file.floats(name);
    }
}
