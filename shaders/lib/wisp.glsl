// A wisp of smoke drawn on a ribbon: a sheet that twists, thin where it lies open and bright where
// it is seen along its edge, as the same smoke takes less room there.
#pragma once
#pragma include "noise.glsl"

const float LEAST_OPEN = 0.16;  // half widths: no narrower is the sheet ever seen

// Optical depth at a place on a ribbon: 0..1 `along`, -1..1 `across`. `turns` is how often the
// sheet twists from root to tip, `own` the wisp's own number, `flow` how far it has streamed, tiles.
float wisp(float along, float across, float turns, float own, float flow) {
    vec2 bend = textureLod(u_clouds, vec2(own * 7.31 + 0.03 * across, along * turns * 0.10 - flow), 4.0).xy - 0.5;
    float x = 1.7 * across + 0.6 * bend.x;
    // The sheet's two edges swing past one another.
    float phase = 6.2831853 * (turns * along + own * 3.0) - flow * 9.0;
    float left = 0.55 * sin(phase) + 0.3 * bend.y, right = 0.55 * sin(phase * 0.79 + 2.3) - 0.2 * bend.y;
    float low = min(left, right), high = max(left, right), open = max(high - low, LEAST_OPEN);
    float soft = 0.16 + 0.18 * along;
    float sheet = smoothstep(low - soft, low + soft, x) * (1.0 - smoothstep(high - soft, high + soft, x));
    // Fibres run with the stream, drawn together where the sheet narrows.
    vec4 fibres = textureLod(u_clouds, vec2(own * 3.7 + (x - low) / open * 0.06, along * turns * 0.045 - flow * 0.7), 2.0);
    float fibre = fibres.z * fibres.z;
    float edges = exp(-(x - low) * (x - low) * 38.0) + 0.7 * exp(-(x - high) * (x - high) * 38.0);
    float smoke = exp(-across * across * 4.5) * (0.14 + 0.55 * fibres.x);
    float fade = 1.0 - across * across, torn = smoothstep(-0.42, 0.15, bend.x + 0.3 * bend.y);
    return fade * fade * torn * (sheet * (0.16 + 1.1 * fibre) * min(0.42 / open, 1.8) + edges * (0.07 + 0.30 * fibre) + smoke);
}
