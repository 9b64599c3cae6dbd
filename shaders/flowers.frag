#version 330
// Petals: white, thin enough for the sun to come through, with a slow shimmer along their edges.
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec4 v_leaf;
in vec2 v_life;
out vec4 color;

void main() {
    if (v_point.z < u_clip) discard;
    dissolve_discard(v_rest);
    vec3 from = eye();
    vec3 v = normalize(from - v_point);
    float across = v_leaf.x * 2.0 - 1.0, along = v_leaf.y, phase = v_leaf.w;
    Surface s;
    s.normal = normalize(v_normal) * (gl_FrontFacing ? 1.0 : -1.0);
    s.roughness = 0.55;
    s.glow = vec3(0.0);
    s.thin = 0.85;
    s.ao = 1.0;
    if (v_leaf.z < 0.5) {
        float away = length(from - v_point);
        float fine = smoothstep(3.0, 0.6, away);
        // Veins fan out from the foot; between them the petal is thinner than paper.
        float fan = across / (0.35 + 0.65 * along);
        float vein = pow(0.5 + 0.5 * cos(fan * 17.0), 5.0) * smoothstep(1.0, 0.7, abs(across));
        vein *= fine * smoothstep(0.0, 0.2, along) * smoothstep(1.0, 0.6, along);
        vec3 white = srgb(0xF7F4F0);
        s.albedo = mix(white * vec3(0.90, 0.94, 0.80), white, smoothstep(0.0, 0.38, along));
        s.albedo *= 1.0 - 0.13 * vein;
        s.albedo = mix(s.albedo, s.albedo * srgb(0xE6D3EA), 0.35 * smoothstep(0.4, 1.0, 1.0 - v_life.y));
        s.ao = mix(0.42, 1.0, smoothstep(0.0, 0.55, along)) * mix(0.8, 1.0, v_life.y);
        // Light that has gone through: seen against the sun, and a little always.
        float facing = max(dot(-v, SUN_DIR), 0.0);
        float edge = smoothstep(0.55, 1.0, max(abs(across), along));
        float against = 0.10 + 0.30 * facing * facing * facing;
        s.glow = srgb(0xFFE6D6) * against * (1.0 - 0.45 * vein) * mix(0.55, 1.0, along) * v_life.y;
        // The shimmer: a glint that wanders along the rim, never the whole flower at once.
        float wander = along * 5.0 + across * 1.7 + phase * 31.0;
        float glint = pow(0.5 + 0.5 * sin(S_breath * 1.1 + wander), 6.0);
        vec3 hue = mix(srgb(0xFFE6D6), srgb(0xDDEBFF), 0.5 + 0.5 * sin(wander * 0.7 + phase * 9.0));
        s.glow += hue * edge * (0.05 + 0.62 * glint) * v_life.y * (0.35 + 0.65 * S_bloom);
        float rim = pow(1.0 - abs(dot(s.normal, v)), 3.0);
        s.glow += srgb(0xFFE6D6) * rim * 0.10;
    } else if (v_leaf.z > 1.5 && v_leaf.z < 2.5) {
        s.albedo = mix(srgb(0xB9BE7A), srgb(0xE8D9A8), smoothstep(0.1, 0.6, along));
        s.glow = srgb(0xE8D9A8) * 0.12 * smoothstep(0.5, 1.0, along) * v_life.y;
        s.thin = 0.5;
        s.ao = 0.75;
    } else {
        float rib = 1.0 - 0.3 * exp(-across * across * 30.0) * step(2.5, v_leaf.z);
        s.albedo = mix(srgb(0x6E7F6B), srgb(0x9DAA8C), along) * rib * 0.85;
        s.thin = 0.45;
        s.ao = mix(0.35, 0.95, smoothstep(0.0, 0.7, v_leaf.z < 1.5 ? along : 0.6));
    }
    vec3 c = light(s, v_point, from);
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
