#version 330
// Skin with blood in it, hair, wet eyes, and the tears that run down.
#pragma include "lib/flesh.glsl"
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_head;
in vec4 v_nature;        // shade, behind the hairline, eyeball, inside of the mouth
in float v_look;
in float v_front;        // how far the skin looks out of the hood
flat in vec4 v_person;   // robe colour, phase
flat in vec4 v_face;     // linen, age, woman, beard
flat in vec3 v_across;
flat in vec4 v_eyes;
out vec4 color;

void main() {
    dissolve_discard(v_rest);
    if (v_point.z < u_clip) discard;
    vec3 from = eye();
    vec3 to = from - v_point;
    float range = length(to), seed = v_person.a;
    vec3 v = to / range, h = v_head;
    float fine = 1.0 - smoothstep(1.2, 4.0, range);
    Surface s;
    s.normal = normalize(v_normal);
    s.ao = v_nature.x;
    s.glow = vec3(0.0);
    s.thin = 0.2;
    float behind = v_nature.y * 8.0 - 0.5, shine = 0.0;
    if (v_nature.z > 0.75) {
        s.albedo = eyeball(s, h, v_eyes, seed);
        shine = 1.0;
    } else {
        float edge = v_face.x > 0.5 ? 0.0 : fringe(h, v_face.z) * smoothstep(-0.48, -0.1, behind);
        float covered = smoothstep(-0.1, v_face.x > 0.5 ? 0.15 : 0.5, behind + edge);
        float moist = range < 9.0 ? wet(h, seed) * (1.0 - smoothstep(5.0, 9.0, range)) * (1.0 - covered) : 0.0;
        if (moist > 0.004) {
            // Water stands up from the skin: light finds both its flanks.
            const float e = 0.03;
            float across = wet(h + vec3(e, 0.0, 0.0), seed) - wet(h - vec3(e, 0.0, 0.0), seed);
            s.normal = normalize(s.normal - v_across * clamp(0.8 * across, -0.5, 0.5));
        }
        s.albedo = skin(s, h, v_face, seed, fine);
        if (covered > 0.0) {
            float bare = s.roughness;
            s.albedo = mix(s.albedo, covering(s, h, v_face, v_person.rgb, behind, seed, fine), covered);
            s.roughness = mix(bare, s.roughness, covered);
        }
        // Lashes are a line along the upper lid's rim; a fainter one below.
        vec3 q = h - vec3(h.x < 0.0 ? -EYE_ASIDE : EYE_ASIDE, EYE_AHEAD, 0.0);
        s.albedo *= 1.0 - 0.88 * smoothstep(0.34, 0.47, v_nature.z);
        s.albedo *= 1.0 - 0.94 * v_nature.w * v_look;
        s.roughness = mix(s.roughness, 0.10, moist);
        shine = moist;
        // The wet line where a lower lid meets the eye.
        float line = smoothstep(0.30, 0.38, v_nature.z) * step(q.z, -0.2) * (1.0 - smoothstep(1.30, 1.42, length(q)));
        shine = max(shine, 0.9 * line);
    }
    if (shine > 0.01) {
        float grazing = 0.05 + 0.75 * pow(1.0 - max(dot(s.normal, v), 0.0), 4.0);
        vec3 mirrored = reflect(-v, s.normal);
        mirrored.z = abs(mirrored.z);
        s.glow = sky_gradient(mirrored) * grazing * shine * 3.4;
        // The low sun, wherever its light can reach, and the bright sky about it.
        float toward = max(dot(mirrored, SUN_DIR), 0.0);
        float glint = pow(toward, 40.0) + 0.25 * pow(toward, 6.0);
        s.glow += SUN_LIGHT * S_lit * glint * shine * mix(0.25, 1.0, sun_at(v_point + 0.10 * SUN_DIR)) * 0.50;
        if (S_orb_light > 0.0) {
            float orb = max(dot(mirrored, normalize(u_orb - v_point)), 0.0);
            s.glow += ORB_LIGHT * S_orb_light * (pow(orb, 500.0) * 2.2 + 0.05 * pow(orb, 6.0)) * shine;
        }
    }
    // The sun's map holds a coarser mesh than the one seen: look it up a hand's breadth nearer.
    vec3 c = flesh_light(s, v_point + 0.10 * SUN_DIR + 0.02 * s.normal, from, v_front);
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
