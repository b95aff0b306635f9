package dev.lion.novelty;

import dev.lion.testing.NoveltyIndexContract;

class RougeLIndexContractTest extends NoveltyIndexContract {
    @Override
    protected NoveltyIndex create() {
        return new RougeLIndex(0.7);
    }
}
