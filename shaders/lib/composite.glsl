// Scene and mist as one HDR picture. The mist is smaller: each pixel takes the four texels about
// it, weighted by how near their depths are to its own (Kopf 2007). An edge is smoothed over a
// pixel and has one depth: where the full picture is put together its mist is smoothed like it.
#pragma once
#pragma include "frame.glsl"
#pragma include "noise.glsl"
#pragma include "color.glsl"
#pragma include "depth.glsl"
uniform sampler2D u_scene;
uniform sampler2D u_mist;
uniform sampler2D u_depth;
uniform vec2 u_mist_size;
uniform float u_mist_on;
uniform sampler2D u_shade;  // share of the sky that each place sees
uniform float u_shade_on;

#ifdef SMOOTH_EDGES
// Depths of the pixels left, right, below and above.
vec4 depths_beside(vec2 uv) {
    vec2 o = 1.0 / vec2(textureSize(u_depth, 0));
    return linear_depth(vec4(
        textureLod(u_depth, uv - vec2(o.x, 0.0), 0.0).r, textureLod(u_depth, uv + vec2(o.x, 0.0), 0.0).r,
        textureLod(u_depth, uv - vec2(0.0, o.y), 0.0).r, textureLod(u_depth, uv + vec2(0.0, o.y), 0.0).r));
}
#endif

vec4 mist_at(vec2 uv) {
    if (u_mist_on < 0.5) return vec4(0.0, 0.0, 0.0, 1.0);
    vec2 at = uv * u_mist_size - 0.5;
    vec2 base = floor(at), f = at - base;
    float own = linear_depth(textureLod(u_depth, uv, 0.0).r);
    // So much does a floor seen aslant differ from row to row: told apart, its rows would show as lines.
    float even = min(0.004 + 0.002 * own, 0.04);
    vec4 sum = vec4(0.0);
    float total = 0.0;
#ifdef SMOOTH_EDGES
    vec4 beside = depths_beside(uv), totals = vec4(0.0);
    mat4 sums = mat4(0.0);
#endif
    for (int i = 0; i < 4; ++i) {
        vec2 o = vec2(i & 1, i >> 1);
        vec2 c = (base + o + 0.5) / u_mist_size;
        float other = linear_depth(textureLod(u_depth, c, 0.0).r);
        vec2 b = mix(1.0 - f, f, o);
        float share = b.x * b.y + 1e-3, w = share / (1e-3 + max(abs(own - other) / own - even, 0.0));
        vec4 mist = textureLod(u_mist, c, 0.0);
        sum += w * mist;
        total += w;
#ifdef SMOOTH_EDGES
        vec4 ws = share / (1e-3 + max(abs(beside - other) / beside - even, vec4(0.0)));
        sums += outerProduct(mist, ws);
        totals += ws;
#endif
    }
#ifdef SMOOTH_EDGES
    return 0.25 * sum / total + 0.1875 * (sums * (1.0 / totals));
#else
    return sum / total;
#endif
}

// The vibrating air of act four bends what is seen by a hair.
vec2 refracted(vec2 uv) {
    if (S_air <= 0.0) return uv;
    float t = S_breath * 0.11;
    vec2 a = texture(u_clouds, uv * vec2(1.6, 0.9) + vec2(t, -t * 0.6)).xy;
    vec2 b = texture(u_clouds, uv * vec2(3.1, 2.2) - vec2(t * 0.7, t)).yx;
    return uv + (a + b - 1.0) * 0.0045 * S_air * smoothstep(0.0, 0.2, uv.y) * smoothstep(0.0, 0.1, 0.5 - abs(uv.x - 0.5));
}

vec3 composite(vec2 uv) {
    vec2 at = refracted(uv);
    vec4 mist = mist_at(at);
    vec4 scene = textureLod(u_scene, at, 0.0);
    vec3 c = scene.rgb;
    // The sky's light is what the shade takes; what the sun or a lamp makes bright keeps it.
    // So does smoke over a crack: alpha is how much of what is solid comes through it.
    float keeps = max(smoothstep(0.10, 0.9, luminance(c)), 1.0 - clamp(scene.a, 0.0, 1.0));
    if (u_shade_on > 0.5) c *= mix(textureLod(u_shade, at, 0.0).r, 1.0, keeps);
    return c * mist.a + mist.rgb;
}
