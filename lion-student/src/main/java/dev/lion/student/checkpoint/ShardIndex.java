package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The file that says which shard holds a tensor. */
final class ShardIndex {
    static final String WEIGHT_MAP = "weight_map";

    private final Path index;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, SafetensorsFile> shards = new LinkedHashMap<>();

    ShardIndex(Path index) {
        this.index = index;
    }

    Map<String, SafetensorsFile> read() throws IOException {
        JsonNode map = JsonFile.read(index).path(WEIGHT_MAP);
        if (!map.isObject()) {
            throw new CheckpointException(index + ": there is no " + WEIGHT_MAP + " from tensors to files");
        }
        var files = new LinkedHashMap<String, SafetensorsFile>();
        for (var tensor : map.properties()) {
            String shard = tensor.getValue().asText();
            if (isOpen(shard, tensor.getKey())) {
                files.put(tensor.getKey(), shards.get(shard));
            }
        }
        compare(files);
        if (!faults.isEmpty()) {
            throw CheckpointException.ofFaults(index, "the index does not fit its shards", faults);
        }
        return files;
    }

    /** A shard lies beside its index; a name that leads elsewhere is not followed. */
    private boolean isOpen(String shard, String tensor) throws IOException {
        if (!isFileName(shard)) {
            faults.add("tensor " + tensor + " is said to be in '" + shard + "', not a file of this folder");
            return false;
        }
        if (!Files.isRegularFile(index.resolveSibling(shard))) {
            faults.add("tensor " + tensor + " is said to be in " + shard + ", and there is no such file");
            return false;
        }
        if (!shards.containsKey(shard)) {
            shards.put(shard, SafetensorsFile.open(index.resolveSibling(shard)));
        }
        return true;
    }

    private static boolean isFileName(String shard) {
        try {
            boolean leadsElsewhere = shard.contains("/") || shard.contains("\\") || shard.equals("..");
            return !leadsElsewhere && !Path.of(shard).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private void compare(Map<String, SafetensorsFile> files) {
        files.forEach((tensor, shard) -> {
            if (!shard.shapes().containsKey(tensor)) {
                faults.add("tensor " + tensor + " is not in " + shard.path().getFileName());
            }
        });
        for (SafetensorsFile shard : shards.values()) {
            for (String tensor : shard.shapes().keySet()) {
                if (files.get(tensor) != shard && !FolderTensors.isIgnored(tensor)) {
                    faults.add("tensor " + tensor + " is in " + shard.path().getFileName()
                            + ", where the index does not look for it");
                }
            }
        }
    }
}
