package dev.lion.examples.experiment;

import dev.lion.data.Instruction;
import dev.lion.role.GenerationRequest;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import dev.lion.run.RunDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes what is asked for, but from any parent of the Cache Pool instead of the hard or easy one that the loop chose: the
 * loop without feedback.
 */
final class AnyParent implements Generator {
    private final Generator generator;
    private final RunDirectory run;
    private final Map<Integer, List<Instruction>> cachePools = new ConcurrentHashMap<>();

    AnyParent(Generator generator, RunDirectory run) {
        this.generator = generator;
        this.run = run;
    }

    @Override
    public GenerationResponse generate(GenerationRequest request) throws Exception {
        List<Instruction> pool = cachePools.computeIfAbsent(request.iteration(), this::cachePool);
        Instruction parent = pool.get(new Random(~request.randomSeed()).nextInt(pool.size()));
        return generator.generate(
                new GenerationRequest(parent, request.difficulty(), request.iteration(), request.randomSeed()));
    }

    /** The seeds and what the iterations before this one accepted. */
    private List<Instruction> cachePool(int iteration) {
        List<Instruction> pool = new ArrayList<>(run.seeds());
        for (int earlier = 1; earlier < iteration; earlier++) {
            pool.addAll(run.generated(earlier));
        }
        return pool;
    }
}
