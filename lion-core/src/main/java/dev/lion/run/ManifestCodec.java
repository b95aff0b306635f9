package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** {@code run.json}. */
final class ManifestCodec implements Codec<RunManifest> {
    @Override
    public ObjectNode write(RunManifest manifest) {
        ObjectNode node = Json.object().put("format", manifest.format()).put("seed", manifest.seed());
        node.putObject("seedPool")
                .put("instructions", manifest.seedPool().instructions())
                .put("fingerprint", manifest.seedPool().fingerprint());
        ObjectNode configuration = node.putObject("configuration");
        manifest.configuration().forEach(configuration::put);
        ObjectNode settings = node.putObject("settings");
        manifest.settings().forEach(settings::put);
        return node;
    }

    @Override
    public RunManifest read(JsonNode node) {
        JsonNode seedPool = Json.field(node, "seedPool");
        return new RunManifest(
                Json.count(node, "format"),
                Json.integer(node, "seed"),
                new RunManifest.SeedPool(Json.count(seedPool, "instructions"), Json.string(seedPool, "fingerprint")),
                texts(Json.field(node, "configuration")),
                texts(Json.field(node, "settings")));
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.fieldNames().forEachRemaining(name -> texts.put(name, Json.string(node, name)));
        return texts;
    }
}
