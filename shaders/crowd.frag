#version 330
// Wool and linen, hands, and faces too far off to have features.
#pragma include "lib/mourner.glsl"
#pragma include "lib/weave.glsl"
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
    bool cloth = v_self.y < 0.5, lost = false;
    vec3 v = to / range;
    Surface s;
    bool lining = gl_FrontFacing != (v_self.z > 0.0) && cloth;
    s.normal = normalize(lining ? -v_normal : v_normal);
    s.ao = lining ? v_lining : v_cloth.x;
    s.glow = vec3(0.0);
    s.thin = 0.0;
    if (!cloth) {
        // Hands are darker than faces, or in the orb's light they would be seen first.
        s.albedo = bare(s, v_head, seed) * (v_cloth.z > 0.0 ? 1.09 : 0.68);
        s.ao = mix(s.ao, 1.0, 0.15);
    } else {
        vec2 at = v_weave.xy;
        float own = fract(seed + 0.37 * floor(v_cloth.z * 8.0 + 0.5));
        // Where thinning has laid one fold's pattern on the next, no pattern is drawn.
        float laid = length(fwidth(at)) / max(length(fwidth(v_point)), 1e-6), whole = 1.0 - smoothstep(1.8, 2.8, laid);
        float near = whole * (1.0 - smoothstep(2.0, 4.5, range));  // creases further off would sparkle
        float gone = torn(at, own);
        // Towards their hems garments are worn through; what lies over head and body is whole.
        float hole = worn_through(at, own) + 0.05 * (smoothstep(0.20, 0.30, v_weave.z) + 1.0 - smoothstep(0.02, 0.04, v_weave.z) + smoothstep(-24.0, -18.0, v_head.z));
        float in_by = min(v_weave.z, gone + hole);
        lost = frayed(at, in_by, gone, own) && whole > 0.5;
        Weave w = woven(v_cloth.z, seed);
        vec3 thread = threads(w, at, own) * whole;
        vec4 field = texture(u_clouds, at * 0.85 + vec2(own, 0.37 * seed));
        float grain = 0.5 + 0.6 * (textureLod(u_clouds, at * 2.9 + own, 2.5).y - 0.5), worn = 0.5 + 0.75 * (field.y - 0.5);
        vec3 patched = darned(at, own) * smoothstep(0.02, 0.05, v_weave.z - gone) * step(v_cloth.z, 0.2);
        // Small creases, long down the fall, and none where the sun skims the cloth, or they would blot
        // the edge of its own shade; stitches pull the cloth in.
        float veil = step(0.2, v_cloth.z);
        float crease = value_noise(vec3(at * mix(vec2(30.0, 7.0), vec2(7.0, 30.0), veil), own * 5.0));
        // A hood hangs in pleats, sharp where they turn in.
        float pleat = veil * sqrt(abs(2.0 * value_noise(vec3(at * vec2(2.6, 15.0), own * 3.0)) - 1.0) + 0.12);
        float skim = smoothstep(0.1, 0.7, abs(dot(s.normal, SUN_DIR)));
        s.normal = bumped(s.normal, v_point, near * (mix(0.0006, 0.0026, skim) * (1.9 - 0.9 * veil) * crease + 0.0005 * patched.x - 0.0005 * patched.z)
            + 0.007 * (1.0 - veil) * whole * abs(value_noise(vec3(at * 10.0, own * 7.0)) - 0.5)
            + 0.005 * pleat * whole * (1.0 - smoothstep(3.0, 5.5, range)));
        s.normal = woven_normal(s.normal, v_point, at, mix(0.03, 0.12, skim) * thread.yz);
        vec3 c = robe(v_person, v_cloth.z, seed, s.ao, vec2(grain, worn), v_cloth.w);
        // Worn thin: where cloth is rubbed it is paler, and where it was dyed twice it is not.
        float rubbed = smoothstep(0.55, 0.85, worn) * smoothstep(0.45, 0.95, s.ao);
        c *= 1.0 + 0.35 * rubbed;
        c *= mix(1.0, mix(0.80, 1.20, patched.y), patched.x);
        c *= 1.0 + thread.x * mix(1.0, 0.55, rubbed) - 0.35 * patched.z * near;
        // Damp has darkened it in places; hems are fibres without dye, and rubbed pale in spots.
        c *= 1.0 - whole * 0.16 * smoothstep(0.62, 0.80, field.x);
        float edge = 1.0 - smoothstep(0.0, 0.007, in_by - gone - 0.003 * grain);
        edge = max(edge, smoothstep(0.56, 0.78, grain) * exp(-13.0 * max(in_by - gone, 0.0)));
        c = mix(c, vec3(luminance(c)) * vec3(1.75, 1.70, 1.65), 0.60 * edge * whole);
        // Wool that was black takes least of the crimson, or dusk would make an orange blanket of it.
        s.albedo = dark_enough(max(c, vec3(0.0))) * (v_cloth.z > 0.2 ? vec3(0.46, 0.60, 0.72) : vec3(0.74, 0.86, 0.95));
        s.roughness = 0.86;
        s.ao *= mix(s.ao, 1.0, 0.25);
        // Hems are worn thin, and light comes through them.
        s.thin = mix(0.10, 0.75, 1.0 - smoothstep(0.0, 0.10, v_weave.z - gone));
        vec3 outward = s.normal;
        float edge_on = 1.0 - max(dot(outward, v), 0.0);
        float toward = max(dot(-v, SUN_DIR), 0.0);
        // Where the outline is thinner than a pixel its light is spread, or it would sparkle.
        float fringe = edge_on * edge_on * edge_on / (1.0 + 14.0 * fwidth(edge_on)) * smoothstep(0.15, 0.8, s.ao);
        vec3 aside = normalize(outward + 0.6 * SUN_DIR);
        float free = 0.4 * sun_at(v_point + 0.14 * aside) + 0.6 * sun_at(v_point + 0.30 * aside);
        vec3 sun = SUN_LIGHT * S_lit * (1.0 - 0.75 * S_sky_light) * free;
        vec3 fibre = mix(vec3(0.05), vec3(luminance(s.albedo)), 0.4) + 0.5 * s.albedo;
        float nap = mix(0.6, 1.4, w.felted);
        s.glow += nap * fibre * (sun * fuzz(outward, v, SUN_DIR, 0.5) * glancing(outward, dot(outward, SUN_DIR)) * mix(1.1, 1.5, near)
            + sky_light(outward) * s.ao * s.ao * edge_on * edge_on * mix(0.55, 1.9, edge_on));
        // Fibres that stand off the outline hand the sun's light on to the eye behind it: most on hood
        // and shoulders; down a fold's upright edge it would break into sparks.
        float shoulder = mix(0.30, 1.0, smoothstep(0.0, 0.35, outward.z));
        s.glow += sun * pow(toward, 3.0) * fringe * shoulder * mix(0.62, 0.40, smoothstep(5.0, 18.0, range)) * mix(1.0, 0.5, S_awe);
        // The bright sky about the sun reaches everybody.
        s.glow += sky_gradient(normalize(vec3(-v.xy, 0.12))) * fringe * toward * toward * 0.55;
        s.glow += western_rim(outward, edge_on, toward, s.ao) * smoothstep(2.5, 7.0, range);
    }
    // The sun's map holds a coarser mesh than the one seen: look it up a hand's breadth nearer.
    vec3 lit_from = v_point + (cloth ? 0.20 : 0.10) * SUN_DIR + 0.02 * s.normal;
    vec3 c = light(s, lit_from, from, cloth ? 1.0 : smoothstep(0.10, 0.65, v_cloth.x));
    if (cloth) c += s.albedo * (cloth_shade(s.normal, v_point.z, s.ao) * mix(1.0, far_open(s.normal), smoothstep(3.5, 10.0, range)) - (sky_light(s.normal) + afterglow(s.normal, v_point.z)) * s.ao);
    if (lost) discard;  // last, so that neighbours still know how things change from pixel to pixel
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
