package dev.lion.run;

import dev.lion.data.InstructionPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run was started with: {@code run.json}. A run is only continued under an equal manifest. It holds what decides
 * the contents of the run, and no secret: nobody may put a key or a password into it.
 *
 * @param format version of the run directory's layout
 * @param seed the run's random seed
 * @param seedPool number and fingerprint of the seed instructions
 * @param configuration the loop's settings that decide the result, by name
 * @param settings what the application adds, such as model names and prompt fingerprints, by name
 */
public record RunManifest(
        int format, long seed, SeedPool seedPool, Map<String, String> configuration, Map<String, String> settings) {
    /** The layout that this version writes. */
    public static final int FORMAT = 2;

    public RunManifest {
        configuration = Collections.unmodifiableMap(new TreeMap<>(configuration));
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /**
     * The seed instructions, in short.
     *
     * @param instructions how many
     * @param fingerprint {@link InstructionPool#fingerprint()}
     */
    public record SeedPool(int instructions, String fingerprint) {}

    /** A manifest in the layout that this version writes. */
    public static RunManifest of(
            long seed, InstructionPool seeds, Map<String, String> configuration, Map<String, String> settings) {
        return new RunManifest(FORMAT, seed, new SeedPool(seeds.size(), seeds.fingerprint()), configuration, settings);
    }

    /** One line for each field in which {@code now} differs from this manifest: {@code name: old → new}. */
    public List<String> differencesTo(RunManifest now) {
        List<String> differences = new ArrayList<>();
        compare(flat(), now.flat(), differences);
        return differences;
    }

    private static void compare(Map<String, String> was, Map<String, String> now, List<String> differences) {
        TreeSet<String> names = new TreeSet<>(was.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String before = was.getOrDefault(name, "(not set)");
            String after = now.getOrDefault(name, "(not set)");
            if (!before.equals(after)) {
                differences.add(name + ": " + before + " → " + after);
            }
        }
    }

    private Map<String, String> flat() {
        Map<String, String> fields = new TreeMap<>();
        fields.put("format", Integer.toString(format));
        fields.put("seed", Long.toString(seed));
        fields.put("seedPool.instructions", Integer.toString(seedPool.instructions()));
        fields.put("seedPool.fingerprint", seedPool.fingerprint());
        configuration.forEach((name, value) -> fields.put("configuration." + name, value));
        settings.forEach((name, value) -> fields.put("settings." + name, value));
        return fields;
    }
}
