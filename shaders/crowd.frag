#version 330
// Wool and linen, hands, and faces too far off to have features.
#pragma include "lib/mourner.glsl"
#pragma include "lib/dissolve.glsl"
#pragma include "lib/fade.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_head;
in vec4 v_cloth;
flat in vec4 v_person;
flat in vec4 v_self;
in vec3 v_weave;
in float v_lining;
out vec4 color;

void main() {
    dissolve_discard(v_rest);
    if (faded(v_self.w, v_cloth.w)) discard;
    if (v_point.z < u_clip) discard;
    vec3 from = eye();
    vec3 to = from - v_point;
    float range = length(to);
    float seed = v_self.x;
    Surface s;
    bool lining = gl_FrontFacing != (v_self.z > 0.0) && v_self.y < 0.5;
    s.normal = normalize(lining ? -v_normal : v_normal);
    s.ao = lining ? v_lining : v_cloth.x;
    s.glow = vec3(0.0);
    s.thin = 0.0;
    if (v_self.y > 0.5) {
        // Hands are darker than faces, or in the orb's light they would be seen first.
        s.albedo = bare(s, v_head, seed) * (v_cloth.z > 0.0 ? 1.09 : 0.68);
        s.ao = mix(s.ao, 1.0, 0.15);
    } else {
        vec3 v = to / range;
        // Woven by hand: threads of uneven thickness both ways, which the cloth's own pattern
        // places, so that they bend with it.
        vec2 at = v_weave.xy;
        float fine = 1.0 - smoothstep(1.2, 5.0, range);
        float grain = value_noise(vec3(at * 9.0, seed * 40.0));
        float worn = value_noise(vec3(at * 2.3, seed * 17.0));
        grain = mix(grain, 0.5, smoothstep(7.0, 18.0, range));  // finer than a pixel from there on
        float weft = 0.5, warp = 0.5;
        if (fine > 0.0) {
            weft = value_noise(vec3(at * vec2(38.0, 420.0), 1.0));
            warp = value_noise(vec3(at * vec2(420.0, 38.0), 2.0));
        }
        // Frayed: single threads stand out beyond the edge.
        if (range < 9.0) {
            float thread = value_noise(vec3(at * 260.0, 3.0));
            if (v_weave.z < 0.007 * thread * (1.0 - smoothstep(5.0, 9.0, range))) discard;
        }
        vec3 rough = vec3(weft - 0.5, warp - 0.5, 0.5 * (weft + warp) - 0.5);
        s.normal = normalize(s.normal + fine * 0.27 * rough + 0.10 * (grain - 0.5));
        vec3 dye = mix(v_person.rgb, vec3(luminance(v_person.rgb)), 0.16);
        dye = dyed(dye, v_cloth.z, seed);
        vec3 c = 1.5 * dye * mix(0.42, 1.0, smoothstep(0.0, 0.75, s.ao)) * (0.70 + 0.34 * grain + 0.30 * worn) * (1.0 + fine * 0.42 * (weft + warp - 1.0));
        // Wool: fibres that stand up catch the light at the edge.
        float rim = pow(1.0 - max(dot(s.normal, v), 0.0), 3.0);
        c *= 1.0 + 1.1 * rim;
        // Dust of the court climbs from the hem in tongues; old damp darkens above it.
        float height = v_cloth.w + 0.22 * (grain - 0.5) + 0.16 * (worn - 0.5);
        float dust = (1.0 - smoothstep(0.0, 0.05 + 0.42 * v_person.a, height));
        c = mix(c, srgb(0x8A7C74) * 0.42, dust * (0.40 + 0.5 * v_person.a));
        c *= 1.0 - 0.35 * v_person.a * (1.0 - smoothstep(0.4, 0.62, height)) * smoothstep(0.1, 0.4, height);
        s.albedo = min(c, vec3(0.12));
        s.roughness = 0.86;
        s.ao *= mix(s.ao, 1.0, 0.25);
        s.thin = mix(0.10, 0.55, 1.0 - smoothstep(0.0, 0.12, v_weave.z));
        // Fibres that stand off the outline hand the sun's light on to the eye behind it.
        vec3 outward = s.normal;
        float edge_on = 1.0 - max(dot(outward, v), 0.0);
        // Where the outline is thinner than a pixel its light is spread, or it would sparkle.
        float fringe = edge_on * edge_on * edge_on / (1.0 + 14.0 * fwidth(edge_on)) * smoothstep(0.15, 0.8, s.ao);
        float toward = max(dot(-v, SUN_DIR), 0.0);
        if (fringe * toward > 0.01) {
            vec3 aside = normalize(outward + 0.6 * SUN_DIR);
            float free = 0.4 * sun_at(v_point + 0.14 * aside) + 0.6 * sun_at(v_point + 0.30 * aside);
            vec3 handed = SUN_LIGHT * S_lit * (1.0 - 0.75 * S_sky_light) * pow(toward, 3.0);
            // On hood and shoulders; down a fold's upright edge it would break into sparks.
            float shoulder = smoothstep(0.0, 0.35, outward.z);
            s.glow += handed * free * fringe * shoulder * mix(0.26, 0.14, smoothstep(5.0, 18.0, range));
            // The bright sky about the sun reaches everybody.
            vec3 behind = sky_gradient(normalize(vec3(-v.xy, 0.12)));
            s.glow += behind * fringe * toward * toward * 0.55;
        }
    }
    // The sun's map holds a coarser mesh than the one seen: look it up a hand's breadth nearer.
    vec3 c = light(s, v_point + 0.10 * SUN_DIR + 0.02 * s.normal, from);
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
